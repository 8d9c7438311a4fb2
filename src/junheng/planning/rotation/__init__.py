"""交流轮岗: who goes where next year, and which teachers serve several small schools."""

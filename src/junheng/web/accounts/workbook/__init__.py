"""批量开户工作簿: the template, what was uploaded, and the first passwords that go back."""

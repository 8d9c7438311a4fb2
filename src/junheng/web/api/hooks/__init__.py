"""事件推送: other systems are told that something happened; what, they ask the API with their token."""

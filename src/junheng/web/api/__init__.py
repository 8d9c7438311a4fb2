"""开放接口: what the pages show, for programs: tokens, read and write operations, webhooks, the OpenAPI document."""

"""What goes out and comes in, as declared in the OpenAPI document."""

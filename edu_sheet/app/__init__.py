"""What the program does, one function a verb: values in, values out, nothing about terminals."""

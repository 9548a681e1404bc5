"""The matcher beside the loop: asked without waiting, watched by the kernel, replaced when it fails."""

"""The checker held to account: by trying all cases of finite slices, and by laws that a check must keep."""

"""Earlier shapes of templates that still render: NAME_VERSION.py holds one of them."""

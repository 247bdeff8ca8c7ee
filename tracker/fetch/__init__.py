"""The web, asked politely and with suspicion: one request, one typed answer."""

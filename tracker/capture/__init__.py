"""How documents come in: one file per format, and what their own words say of title, publisher and date."""

"""What holds for every test: none depends on how fast the machine is, or how busy."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "edu-sheet", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("edu-sheet")

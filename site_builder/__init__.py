"""London Safeguarding Benchmarks: borough returns in, a safe release and a static website out."""

__version__ = "0.1.0"

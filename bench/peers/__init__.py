"""Reference films A and C as other programs make them, beside ours; optional, run by nobody else."""

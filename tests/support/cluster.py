"""A Dask cluster in processes of its own; its address on standard output, until input ends."""

import sys


def main() -> None:
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as local:
        sys.stdout.write(f"{local.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()

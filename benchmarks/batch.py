"""Rows per second and peak memory of answering a question for every row of a file, in Parquet and in CSV.

Run: ``python benchmarks/batch.py [ROWS] [ENGINE…]``, by default a million rows and the table engine. Each run
is a process of its own, so that its peak memory is its own: to see that memory is flat, compare a million
rows with ten. The cases are random, two of a thousand have a cell that is no value; the files are deleted
at the end.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
QUESTION, PLACE, DAY = "专家·受聘用为应急部门专家", "武进区", "2025-11-22"
FLAGS = {
    "单位推荐": 0.5,
    "已推荐或自荐": 0.9,
    "已交登记表和材料": 0.9,
    "推荐单位已盖章": 0.9,
    "初审通过": 0.9,
    "系候选人": 0.9,
    "综合测试合格": 0.9,
    "办公会审定": 0.9,
    "注册安全工程师": 0.5,
    "收受财物或宴请": 0.01,
    "已查实": 0.2,
    "对责任事故负有责任": 0.02,
}
EDUCATION = ("大专以下", "大专", "本科", "研究生")
TITLES = ("无职称", "初级", "中级", "高级")
CHUNK = 200_000


def chunks(rows: int) -> Iterator[dict[str, list[object]]]:
    """Random cases, as columns."""
    random_ = random.Random(0)
    first = dt.date(2019, 1, 1)
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)
        done = [first + dt.timedelta(random_.randrange(2200)) for _ in range(count)]
        found = [day + dt.timedelta(random_.randrange(100)) for day in done]
        columns: dict[str, list[object]] = {
            "编号": list(range(start, start + count)),
            "专家.年龄": [
                999 if random_.random() < 0.002 else random_.randrange(25, 80) for _ in range(count)
            ],
            "专家.从业年限": [random_.randrange(0, 40) for _ in range(count)],
            "专家.学历": random_.choices(EDUCATION, k=count),
            "专家.职称": random_.choices(TITLES, k=count),
            "专家.行为日": list(done),
            "专家.查实日": list(found),
            "专家.处理日": [day + dt.timedelta(random_.randrange(200)) for day in found],
            "倒查.启动日": list(found),
            "倒查.活动": random_.choices(("监督检查", "隐患排查", "咨询辅导"), k=count),
            "倒查.结果已确定": [random_.random() < 0.2 for _ in range(count)],
        }
        for name, share in FLAGS.items():
            columns[f"专家.{name}"] = [random_.random() < share for _ in range(count)]
        yield columns


def write(folder: Path, rows: int) -> None:
    """The cases as Parquet and as CSV."""
    writer: pq.ParquetWriter | None = None
    with (folder / "cases.csv").open("w", encoding="utf-8", newline="") as file:
        for columns in chunks(rows):
            table = pa.table(columns)
            if writer is None:
                writer = pq.ParquetWriter(folder / "cases.parquet", table.schema)
                csv.writer(file).writerow(columns)
            writer.write_table(table)
            plain = (
                [str(cell).lower() if isinstance(cell, bool) else cell for cell in c]
                for c in columns.values()
            )
            csv.writer(file).writerows(zip(*plain, strict=True))
    assert writer is not None
    writer.close()


def written(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell


def run(folder: Path, suffix: str, engine: str) -> None:
    """One run in this process; prints what it took as JSON."""
    from guiju.decisions.batch import Input, Request, opened
    from guiju.decisions.loading import load

    corpus = load(os.environ.get("GUIJU_BENCH_CORPUS", ROOT / "specs"))
    path, output = folder / f"cases.{suffix}", folder / f"answers.{suffix}"
    request = Request(
        QUESTION,
        DAY,
        PLACE,
        Input(path, suffix),
        output,
        suffix,
        folder / "rejects.jsonl",
        engine=engine,
        id="编号",
    )
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    going = opened(corpus, request)
    summary = going.go(lambda read, rejected, total: None)
    going.close()
    after = resource.getrusage(resource.RUSAGE_SELF)
    taken = {
        "wall": time.perf_counter() - start,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "before": before.ru_maxrss // 1024,
        "peak": after.ru_maxrss // 1024,
        "answered": summary.answered,
        "rejected": summary.rejected,
        "verified": summary.verified,
    }
    sys.stdout.write(json.dumps(taken) + "\n")


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    engines = sys.argv[2:] or ["table"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, __file__, "--write", name, str(rows)], check=True, env=environment)
        print(f"{rows} rows")
        for suffix in ("parquet", "csv"):
            for engine in engines:
                done = subprocess.run(
                    [sys.executable, __file__, "--one", name, suffix, engine],
                    check=True,
                    env=environment,
                    stdout=subprocess.PIPE,
                )
                taken = json.loads(done.stdout)
                print(
                    f"  {suffix:8} {engine:7} {rows / taken['cpu']:10,.0f} rows/s of CPU"
                    f" {rows / taken['wall']:10,.0f} rows/s of wall"
                    f"   peak {taken['peak']} MB ({taken['before']} MB before)"
                    f"   answered {taken['answered']}, rejected {taken['rejected']},"
                    f" verified {taken['verified']}"
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()

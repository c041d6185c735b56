#!/usr/bin/env python3
"""Sends samples and native histograms to a Prometheus that takes them by remote write: remote_write.py URL <JSON.

The server needs --web.enable-remote-write-receiver, and --enable-feature=native-histograms for those. On standard input:

  {"series": [{"labels": {"__name__": "up", "job": "a"}, "start": 1790000000000, "step": 15000,
               "values": [1, null, "stale", "NaN", "+Inf", HISTOGRAM, ...]}, ...]}

start and step are milliseconds; null leaves a point out, "stale" is the stale marker. The same labels may come again, for
other times. All is sent in the order of its times. A HISTOGRAM is an object, all of whose fields may be left out:

  {"schema": 3, "sum": 1.5, "zero": 2, "threshold": 1e-128, "positive": {"-1": 4, "7": 0}, "negative": {}, "count": 6,
   "float": false, "reset": "unknown" | "yes" | "no" | "gauge"}

Buckets go by their index; neighbouring indexes make one span, so a bucket of 0 is part of the layout. count is the sum of
all buckets unless given. Prometheus 2.42 takes a float histogram without observations for one of integers.
"""
import json
import struct
import sys
import urllib.error
import urllib.request

STALE = struct.pack("<Q", 0x7FF0000000000002)
RESETS = ["unknown", "yes", "no", "gauge"]


def varint(value):
    value &= (1 << 64) - 1
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)


def zigzag(value):
    return varint(value << 1 ^ value >> 63)


def double(value):
    return STALE if value == "stale" else struct.pack("<d", float(value))


def integer_field(number, value):
    return varint(number << 3) + varint(value)


def double_field(number, value):
    return varint(number << 3 | 1) + double(value)


def bytes_field(number, value):
    return varint(number << 3 | 2) + varint(len(value)) + value


def spans(field, indexes):
    """The runs of neighbouring indexes, each by its distance from the one before and its length."""
    result, end = b"", 0
    while indexes:
        length = next((n for n, index in enumerate(indexes) if index != indexes[0] + n), len(indexes))
        result += bytes_field(field, varint(1 << 3) + zigzag(indexes[0] - end) + integer_field(2, length))
        end = indexes[0] + length
        indexes = indexes[length:]
    return result


def histogram(value, time):
    signs = [sorted((int(index), count) for index, count in value.get(sign, {}).items())
             for sign in ("negative", "positive")]
    zero = value.get("zero", 0)
    count = value.get("count", zero + sum(count for sign in signs for _, count in sign))
    floating = value.get("float", False)
    result = double_field(2, count) if floating else integer_field(1, count)
    result += double_field(3, value.get("sum", 0))
    result += varint(4 << 3) + zigzag(value.get("schema", 0))
    result += double_field(5, value.get("threshold", 2.0**-128))
    result += double_field(7, zero) if floating else integer_field(6, zero)
    for first, sign in zip((8, 11), signs):
        result += spans(first, [index for index, _ in sign])
        counts = [count for _, count in sign]
        if floating:
            result += bytes_field(first + 2, b"".join(map(double, counts)))
        else:
            result += bytes_field(first + 1, b"".join(zigzag(b - a) for a, b in zip([0] + counts, counts)))
    return result + integer_field(14, RESETS.index(value.get("reset", "unknown"))) + integer_field(15, time)


def samples(series):
    """Every sample as a time series of its own, with its time."""
    for entry in series:
        labels = b"".join(
            bytes_field(1, bytes_field(1, name.encode()) + bytes_field(2, value.encode()))
            for name, value in sorted(entry["labels"].items()))
        for number, value in enumerate(entry["values"]):
            time = entry["start"] + number * entry.get("step", 0)
            if isinstance(value, dict):
                yield time, labels + bytes_field(4, histogram(value, time))
            elif value is not None:
                yield time, labels + bytes_field(2, double_field(1, value) + integer_field(2, time))


def snappy(data):
    """The block format of Snappy, with nothing compressed: literals of up to 64 KiB."""
    result = varint(len(data))
    for start in range(0, len(data), 1 << 16):
        literal = data[start:start + (1 << 16)]
        result += bytes([61 << 2]) + struct.pack("<H", len(literal) - 1) + literal
    return result


def main():
    sent = sorted(samples(json.load(sys.stdin)["series"]), key=lambda sample: sample[0])
    for start in range(0, len(sent), 5000):
        body = b"".join(bytes_field(1, series) for _, series in sent[start:start + 5000])
        request = urllib.request.Request(sys.argv[1] + "/api/v1/write", snappy(body), {
            "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy",
            "X-Prometheus-Remote-Write-Version": "0.1.0"})
        try:
            urllib.request.urlopen(request).close()
        except urllib.error.HTTPError as error:
            sys.exit(f"{error}: {error.read().decode()}")


main()

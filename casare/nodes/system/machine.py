"""What the standard library can tell about the computer, by group, without starting a program."""

from __future__ import annotations

import os
import platform
import shutil
import socket
from pathlib import Path
from typing import Any, NamedTuple

_GB = 1024**3


class MachineFacts(NamedTuple):
    """Facts by group, and the three that are asked for most."""

    groups: dict[str, Any]
    os_name: str
    cpu_percent: float
    ram_percent: float
    disk_percent: float


def machine_facts(wanted: str) -> MachineFacts:
    """Return the facts of one group (os, cpu, ram, disk, network) or of all."""
    gather = {"os": _system, "cpu": _processors, "ram": _memory, "disk": _disks, "network": _network}
    groups: dict[str, Any] = {name: facts() for name, facts in gather.items() if wanted in (name, "all")}
    disks = groups.get("disk", [])
    return MachineFacts(
        groups=groups,
        os_name=f"{platform.system()} {platform.release()}",
        cpu_percent=float(groups.get("cpu", {}).get("percent", 0)),
        ram_percent=float(groups.get("ram", {}).get("percent", 0)),
        disk_percent=float(disks[0]["percent"]) if disks else 0.0,
    )


def _system() -> dict[str, Any]:
    return {
        "system": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "machine": platform.machine(),
        "hostname": platform.node(),
        "python_version": platform.python_version(),
    }


def _processors() -> dict[str, Any]:
    cores = os.cpu_count() or 1
    facts: dict[str, Any] = {"cores_logical": cores}
    if hasattr(os, "getloadavg"):
        minute = os.getloadavg()[0]
        facts |= {"load_average": round(minute, 2), "percent": min(100.0, round(100 * minute / cores, 1))}
    return facts


def _memory() -> dict[str, Any]:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return _installed_memory()
    sizes = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}
    total = sizes.get("MemTotal", 0)
    free = sizes.get("MemAvailable", sizes.get("MemFree", 0))
    return {
        "total_gb": round(total / _GB, 2),
        "available_gb": round(free / _GB, 2),
        "used_gb": round((total - free) / _GB, 2),
        "percent": round(100 * (total - free) / total, 1) if total else 0.0,
    }


def _installed_memory() -> dict[str, Any]:
    # Without /proc the standard library knows at most how much memory is built in.
    try:
        return {"total_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GB, 2)}
    except (AttributeError, ValueError, OSError):
        return {}


def _disks() -> list[dict[str, Any]]:
    root = Path.cwd().anchor or "/"
    usage = shutil.disk_usage(Path.cwd())
    return [
        {
            "mountpoint": root,
            "total_gb": round(usage.total / _GB, 2),
            "used_gb": round(usage.used / _GB, 2),
            "free_gb": round(usage.free / _GB, 2),
            "percent": round(100 * usage.used / usage.total, 1) if usage.total else 0.0,
        }
    ]


def _network() -> dict[str, Any]:
    try:
        interfaces = [name for _, name in socket.if_nameindex()]
    except (AttributeError, OSError):
        interfaces = []
    return {"hostname": socket.gethostname(), "interfaces": interfaces}

#!/usr/bin/env python3
"""Makes ground-vectors.json: where a camera ray meets the ground, derived without the code under test.

Independent in every step: rotation matrices (not quaternions) built from Euler angles, the ray carried into
earth-centred coordinates, and met with the WGS-84 ellipsoid raised to the ground's height (not with a local plane);
the footprint of errors by Monte Carlo with full re-computation (not by first-order propagation).
Run: python3 ground-vectors.py > ground-vectors.json (no packages needed; seeded).
"""
import json
import math
import random

A = 6378137.0
F = 1 / 298.257223563
E2 = F * (2 - F)


def ecef(lng, lat, h):
    lam, phi = math.radians(lng), math.radians(lat)
    n = A / math.sqrt(1 - E2 * math.sin(phi) ** 2)
    return ((n + h) * math.cos(phi) * math.cos(lam), (n + h) * math.cos(phi) * math.sin(lam), (n * (1 - E2) + h) * math.sin(phi))


def geodetic(x, y, z):
    p = math.hypot(x, y)
    phi = math.atan2(z, p * (1 - E2))
    for _ in range(12):
        n = A / math.sqrt(1 - E2 * math.sin(phi) ** 2)
        h = p / math.cos(phi) - n
        phi = math.atan2(z, p * (1 - E2 * n / (n + h)))
    return math.degrees(math.atan2(y, x)), math.degrees(phi), h


def matmul(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(3)) for j in range(3)] for i in range(3)]


def apply(m, v):
    return [sum(m[i][k] * v[k] for k in range(3)) for i in range(3)]


def rx(t):
    c, s = math.cos(t), math.sin(t)
    return [[1, 0, 0], [0, c, -s], [0, s, c]]


def ry(t):
    c, s = math.cos(t), math.sin(t)
    return [[c, 0, s], [0, 1, 0], [-s, 0, c]]


def rz(t):
    c, s = math.cos(t), math.sin(t)
    return [[c, -s, 0], [s, c, 0], [0, 0, 1]]


def attitude(roll, pitch, yaw):
    """Camera axes (forward, right, down) to north, east, down."""
    return matmul(rz(yaw), matmul(ry(pitch), rx(roll)))


def quaternion(m):
    """From a matrix, largest component first (Shepperd)."""
    t = [m[0][0] + m[1][1] + m[2][2], m[0][0], m[1][1], m[2][2]]
    i = t.index(max(t))
    if i == 0:
        w = math.sqrt(1 + t[0]) / 2
        return [w, (m[2][1] - m[1][2]) / 4 / w, (m[0][2] - m[2][0]) / 4 / w, (m[1][0] - m[0][1]) / 4 / w]
    if i == 1:
        x = math.sqrt(1 + 2 * m[0][0] - t[0]) / 2
        return [(m[2][1] - m[1][2]) / 4 / x, x, (m[0][1] + m[1][0]) / 4 / x, (m[0][2] + m[2][0]) / 4 / x]
    if i == 2:
        y = math.sqrt(1 + 2 * m[1][1] - t[0]) / 2
        return [(m[0][2] - m[2][0]) / 4 / y, (m[0][1] + m[1][0]) / 4 / y, y, (m[1][2] + m[2][1]) / 4 / y]
    z = math.sqrt(1 + 2 * m[2][2] - t[0]) / 2
    return [(m[1][0] - m[0][1]) / 4 / z, (m[0][2] + m[2][0]) / 4 / z, (m[1][2] + m[2][1]) / 4 / z, z]


def hit(lng, lat, ground_h, height, rot, fov, point):
    """Where the ray meets the ellipsoid at ground_h; None above the horizon. By bisection along the ray."""
    ray = [1.0, (2 * point[0] - 1) * math.tan(fov[0] / 2), (2 * point[1] - 1) * math.tan(fov[1] / 2)]
    n, e, d = apply(rot, ray)
    norm = math.sqrt(n * n + e * e + d * d)
    n, e, d = n / norm, e / norm, d / norm
    if d <= 0.02:
        return None
    lam, phi = math.radians(lng), math.radians(lat)
    north = (-math.sin(phi) * math.cos(lam), -math.sin(phi) * math.sin(lam), math.cos(phi))
    east = (-math.sin(lam), math.cos(lam), 0.0)
    down = (-math.cos(phi) * math.cos(lam), -math.cos(phi) * math.sin(lam), -math.sin(phi))
    o = ecef(lng, lat, ground_h + height)
    u = [n * north[i] + e * east[i] + d * down[i] for i in range(3)]

    def above(t):
        return geodetic(*[o[i] + t * u[i] for i in range(3)])[2] - ground_h

    lo, hi = 0.0, 1.2 * height / d + 10
    if above(hi) > 0:
        return None
    for _ in range(80):
        mid = (lo + hi) / 2
        if above(mid) > 0:
            lo = mid
        else:
            hi = mid
    g = geodetic(*[o[i] + lo * u[i] for i in range(3)])
    return g[0], g[1]


def offset(place, origin):
    """North and east in metres by the radii of curvature."""
    phi = math.radians(origin[1])
    w = math.sqrt(1 - E2 * math.sin(phi) ** 2)
    return (
        math.radians(place[1] - origin[1]) * A * (1 - E2) / w ** 3,
        math.radians((place[0] - origin[0] + 180) % 360 - 180) * A / w * math.cos(phi),
    )


CASES = [
    # name, lng, lat, ground height, height, roll, pitch, yaw (deg), fov (deg), point
    ["straight down, middle", 122.39, 29.893, 12, 60, 0, -90, 0, [32, 26], [0.5, 0.5]],
    ["straight down, corner, heading 35", 122.39, 29.893, 12, 60, 0, -90, 35, [32, 26], [0.0, 0.0]],
    ["45 degrees ahead to the east", 122.39, 29.893, 12, 60, 0, -45, 90, [32, 26], [0.5, 0.5]],
    ["45 degrees, rolled 12, yawed 200, off the middle", 122.39, 29.893, 0, 80, 12, -45, 200, [32, 26], [0.8, 0.3]],
    ["60 degrees, rolled -20, yawed 310, bottom left", 122.39, 29.893, 0, 45, -20, -60, 310, [57, 44], [0.1, 0.95]],
    ["near the horizon, 14 degrees down", 122.39, 29.893, 5, 60, 0, -14, 145, [32, 26], [0.5, 0.5]],
    ["just inside the limit, 10.5 degrees down, high up", 122.39, 29.893, 5, 120, 3, -10.5, 145, [32, 26], [0.5, 0.5]],
    ["too near the horizon, 9 degrees down", 122.39, 29.893, 5, 60, 0, -9, 145, [32, 26], [0.5, 0.5]],
    ["middle above the horizon, bottom edge on the ground", 122.39, 29.893, 5, 60, 0, 2, 20, [32, 40], [0.5, 1.0]],
    ["above the horizon", 122.39, 29.893, 5, 60, 0, 10, 20, [32, 26], [0.5, 0.5]],
    ["south of the equator, west of Greenwich", -70.65, -33.45, 520, 70, 5, -55, 250, [45, 37], [0.25, 0.6]],
    ["far north", 18.95, 69.65, 30, 70, -5, -55, 10, [45, 37], [0.75, 0.4]],
    ["over the date line", 179.9995, 10.0, 0, 100, 0, -40, 90, [45, 37], [0.5, 0.5]],
]
SIGMA = {"gimbalDeg": 0.5, "headingDeg": 2.5, "heightM": 2.0, "timeS": 0.1, "positionM": 2.5, "speedMps": 8.0}


def ellipse(case, rot, fov):
    """Covariance of the ground point by Monte Carlo: semi-axes of the 95 % ellipse and the bearing of the longer."""
    _, lng, lat, ground, height, *_rest, point = case
    rng = random.Random(20260101)
    points = []
    for _ in range(40000):
        g = [rng.gauss(0, math.radians(SIGMA["gimbalDeg"])) for _ in range(3)]
        m = matmul(rz(rng.gauss(0, math.radians(SIGMA["headingDeg"]))), matmul(rot, matmul(rx(g[0]), matmul(ry(g[1]), rz(g[2])))))
        h = height + rng.gauss(0, SIGMA["heightM"])
        ray = [1.0, (2 * point[0] - 1) * math.tan(fov[0] / 2), (2 * point[1] - 1) * math.tan(fov[1] / 2)]
        n, e, d = apply(m, ray)
        if d <= 0:
            continue
        late = SIGMA["speedMps"] * SIGMA["timeS"]
        spread = math.sqrt(SIGMA["positionM"] ** 2 + late ** 2)
        points.append((n / d * h + rng.gauss(0, spread), e / d * h + rng.gauss(0, spread)))
    k = len(points)
    mn, me = sum(p[0] for p in points) / k, sum(p[1] for p in points) / k
    nn = sum((p[0] - mn) ** 2 for p in points) / k
    ee = sum((p[1] - me) ** 2 for p in points) / k
    ne = sum((p[0] - mn) * (p[1] - me) for p in points) / k
    mid, half = (nn + ee) / 2, math.hypot((nn - ee) / 2, ne)
    scale = math.sqrt(-2 * math.log(0.05))
    bearing = math.degrees(0.5 * math.atan2(2 * ne, nn - ee)) % 180
    return {"semiMajorM": round(scale * math.sqrt(mid + half), 3), "semiMinorM": round(scale * math.sqrt(mid - half), 3), "bearingDeg": round(bearing, 2)}


def main():
    out = []
    for case in CASES:
        name, lng, lat, ground, height, roll, pitch, yaw, fov, point = case
        rot = attitude(math.radians(roll), math.radians(pitch), math.radians(yaw))
        rad = [math.radians(f) for f in fov]
        place = hit(lng, lat, ground, height, rot, rad, point)
        ray = apply(rot, [1.0, (2 * point[0] - 1) * math.tan(rad[0] / 2), (2 * point[1] - 1) * math.tan(rad[1] / 2)])
        down = math.degrees(math.atan2(ray[2], math.hypot(ray[0], ray[1])))
        row = {"name": name, "lngLat": [lng, lat], "heightM": height, "fovDeg": fov, "point": point, "q": [round(c, 15) for c in quaternion(rot)], "depressionDeg": round(down, 6)}
        if place is None or down < 10:
            row["ground"] = None
        else:
            row["ground"] = [round(place[0], 10), round(place[1], 10)]
            row["offsetM"] = [round(v, 4) for v in offset(place, (lng, lat))]
            row["ellipse"] = ellipse(case, rot, rad)
        out.append(row)
    print(json.dumps({"madeBy": "ground-vectors.py", "sigma": SIGMA, "cases": out}, indent=1))


main()

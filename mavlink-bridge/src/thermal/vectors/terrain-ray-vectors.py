#!/usr/bin/env python3
"""Makes terrain-ray-vectors.json: where a camera ray meets hilly ground, derived without the code under test.

Independent in every step: rotation matrices, the ray carried into earth-centred coordinates, walked in steps of 0.2 m and
compared at each with the height of an analytic surface in longitude and latitude; the footprint of errors by Monte Carlo
with full re-computation of every draw on that surface (also of the terrain's own error), not by first-order propagation.
Run: python3 terrain-ray-vectors.py > terrain-ray-vectors.json (no packages needed; seeded; some minutes).
"""
import importlib.util
import json
import math
import os
import random
import sys

# The matrices and the ellipsoid of the vectors over flat ground.
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ground-vectors.py')
text = open(source).read().replace('\nmain()\n', '\n')
base = {}
exec(compile(text, source, 'exec'), base)
ecef, geodetic, matmul, apply = base['ecef'], base['geodetic'], base['matmul'], base['apply']
rx, ry, rz, attitude, quaternion, offset = (base[k] for k in ('rx', 'ry', 'rz', 'attitude', 'quaternion', 'offset'))

R = 6378137.0
# Each surface: metres above the sea from metres east and north of the place; named, so that the test can write it again.
SURFACES = {
    'slope30': lambda e, n: 40 + math.tan(math.radians(30)) * n,
    'slopeEast20': lambda e, n: 60 - math.tan(math.radians(20)) * e,
    'hill': lambda e, n: 20 + 120 * math.exp(-(((e - 220) / 150) ** 2 + ((n - 60) / 110) ** 2)),
    'ridge': lambda e, n: 10 + 70 * math.exp(-(((n - 150) / 40) ** 2)),
    'valley': lambda e, n: 10 + 0.0012 * (e * e + n * n),
}
LNG, LAT = 122.39, 29.893


def plane(lng, lat):
    """East and north of the place, on radii of curvature there."""
    n, e = offset((lng, lat), (LNG, LAT))
    return e, n


def meets(surface, amsl, rot, fov, point, dh=0.0):
    """Longitude and latitude of the first point of the ray below the surface, by walking; None within 1500 m."""
    ray = [1.0, (2 * point[0] - 1) * math.tan(fov[0] / 2), (2 * point[1] - 1) * math.tan(fov[1] / 2)]
    n, e, d = apply(rot, ray)
    norm = math.sqrt(n * n + e * e + d * d)
    n, e, d = n / norm, e / norm, d / norm
    lam, phi = math.radians(LNG), math.radians(LAT)
    north = (-math.sin(phi) * math.cos(lam), -math.sin(phi) * math.sin(lam), math.cos(phi))
    east = (-math.sin(lam), math.cos(lam), 0.0)
    down = (-math.cos(phi) * math.cos(lam), -math.cos(phi) * math.sin(lam), -math.sin(phi))
    o = ecef(LNG, LAT, amsl)
    u = [n * north[i] + e * east[i] + d * down[i] for i in range(3)]

    def above(t):
        g = geodetic(*[o[i] + t * u[i] for i in range(3)])
        return g[2] - (SURFACES[surface](*plane(g[0], g[1])) + dh)

    t, step = 0.0, 0.2
    while above(t) > 0:
        t += step
        if t > 1500:
            return None
    lo, hi = t - step, t
    for _ in range(40):
        mid = (lo + hi) / 2
        if above(mid) > 0:
            lo = mid
        else:
            hi = mid
    g = geodetic(*[o[i] + hi * u[i] for i in range(3)])
    return g[0], g[1]


def quick(surface, height, rot, fov, point, dh):
    """The same on a local plane, for the many draws: walked coarsely, then halved."""
    ray = [1.0, (2 * point[0] - 1) * math.tan(fov[0] / 2), (2 * point[1] - 1) * math.tan(fov[1] / 2)]
    n, e, d = apply(rot, ray)
    norm = math.sqrt(n * n + e * e + d * d)
    n, e, d = n / norm, e / norm, d / norm
    f = SURFACES[surface]
    t, step = 0.0, 2.0
    while height - d * t - f(e * t, n * t) - dh > 0:
        t += step
        if t > 1500:
            return None
    lo, hi = t - step, t
    for _ in range(20):
        mid = (lo + hi) / 2
        if height - d * mid - f(e * mid, n * mid) - dh > 0:
            lo = mid
        else:
            hi = mid
    return n * hi, e * hi


CASES = [
    # name, surface, height above the ground below, roll, pitch, yaw (deg), fov (deg), point
    ['straight down onto a slope', 'slope30', 60, 0, -90, 0, [32, 26], [0.5, 0.5]],
    ['into a rising slope', 'slope30', 60, 0, -45, 0, [32, 26], [0.5, 0.5]],
    ['down a falling slope', 'slope30', 60, 0, -60, 180, [32, 26], [0.5, 0.5]],
    ['along a slope, rolled 12, off the middle', 'slope30', 80, 12, -50, 90, [45, 37], [0.7, 0.3]],
    ['nearly level into a hillside', 'slope30', 50, 0, -5, 0, [32, 26], [0.5, 0.5]],
    ['across a slope to the east', 'slopeEast20', 70, -8, -40, 60, [32, 26], [0.4, 0.6]],
    ['onto a hill', 'hill', 90, 0, -35, 75, [32, 26], [0.5, 0.5]],
    ['past a hill, rolled', 'hill', 90, 10, -50, 30, [45, 37], [0.2, 0.7]],
    ['onto the near side of a ridge', 'ridge', 60, 0, -25, 0, [32, 26], [0.5, 0.5]],
    ['over a ridge onto the plain behind it', 'ridge', 150, 0, -17, 10, [32, 26], [0.5, 0.5]],
    ['into a valley', 'valley', 80, 5, -55, 200, [45, 37], [0.6, 0.4]],
    ['too flat along a slope that falls away', 'slope30', 60, 0, -36, 180, [32, 26], [0.5, 0.5]],
    ['above the horizon, into the side of a valley', 'valley', 60, 0, 12, 45, [32, 26], [0.5, 0.5]],
    ['above everything', 'slopeEast20', 60, 0, 10, 90, [32, 26], [0.5, 0.5]],
]
SIGMA = {'gimbalDeg': 0.5, 'headingDeg': 2.5, 'heightM': 6.0, 'timeS': 0.1, 'positionM': 2.5, 'speedMps': 8.0}
DRAWS = 8000


def ellipse(case, rot, fov, amsl):
    _, surface, *_rest, point = case
    rng = random.Random(20260202)
    points = []
    for _ in range(DRAWS):
        g = [rng.gauss(0, math.radians(SIGMA['gimbalDeg'])) for _ in range(3)]
        m = matmul(rz(rng.gauss(0, math.radians(SIGMA['headingDeg']))), matmul(rot, matmul(rx(g[0]), matmul(ry(g[1]), rz(g[2])))))
        found = quick(surface, amsl, m, fov, point, rng.gauss(0, SIGMA['heightM']))
        if found is None:
            continue
        spread = math.sqrt(SIGMA['positionM'] ** 2 + (SIGMA['speedMps'] * SIGMA['timeS']) ** 2)
        points.append((found[0] + rng.gauss(0, spread), found[1] + rng.gauss(0, spread)))
    k = len(points)
    mn, me = sum(p[0] for p in points) / k, sum(p[1] for p in points) / k
    nn = sum((p[0] - mn) ** 2 for p in points) / k
    ee = sum((p[1] - me) ** 2 for p in points) / k
    ne = sum((p[0] - mn) * (p[1] - me) for p in points) / k
    mid, half = (nn + ee) / 2, math.hypot((nn - ee) / 2, ne)
    scale = math.sqrt(-2 * math.log(0.05))
    return {'semiMajorM': round(scale * math.sqrt(mid + half), 3), 'semiMinorM': round(scale * math.sqrt(mid - half), 3),
            'bearingDeg': round(math.degrees(0.5 * math.atan2(2 * ne, nn - ee)) % 180, 2)}


def main():
    out = []
    for case in CASES:
        name, surface, height, roll, pitch, yaw, fov, point = case
        rot = attitude(math.radians(roll), math.radians(pitch), math.radians(yaw))
        rad = [math.radians(f) for f in fov]
        amsl = SURFACES[surface](0, 0) + height
        place = meets(surface, amsl, rot, rad, point)
        row = {'name': name, 'surface': surface, 'lngLat': [LNG, LAT], 'cameraAmslM': round(amsl, 6), 'fovDeg': fov, 'point': point,
               'q': [round(c, 15) for c in quaternion(rot)]}
        angle = None
        if place is not None:
            n, e = offset(place, (LNG, LAT))
            f = SURFACES[surface]
            sn, se = (f(e, n + 1) - f(e, n - 1)) / 2, (f(e + 1, n) - f(e - 1, n)) / 2
            ray = apply(rot, [1.0, (2 * point[0] - 1) * math.tan(rad[0] / 2), (2 * point[1] - 1) * math.tan(rad[1] / 2)])
            size = math.sqrt(sum(v * v for v in ray)) * math.sqrt(sn * sn + se * se + 1)
            angle = math.degrees(math.asin((ray[0] * sn + ray[1] * se + ray[2]) / size))
            row['incidenceDeg'] = round(angle, 3)
        if place is None or angle < 10:
            row['offsetM'] = None
        else:
            row['offsetM'] = [round(n, 4), round(e, 4)]
            row['ellipse'] = ellipse(case, rot, rad, amsl)
        out.append(row)
        print(name, row['offsetM'], row.get('incidenceDeg'), row.get('ellipse'), file=sys.stderr)
    print(json.dumps({'madeBy': 'terrain-ray-vectors.py', 'sigma': SIGMA, 'cases': out}, indent=1))


main()

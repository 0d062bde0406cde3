#!/usr/bin/env python3
"""Makes the rasters beside it and terrain-vectors.json: heights at places, derived without the code under test.

Rasters are written byte by byte here (PNG by zlib, TIFF by struct) from one smooth surface; the expected heights are
bilinear between the stored pixels, by another formula than the code's (weights of four areas, in geographic or web map
coordinates computed here), and the surface itself for comparison.
Run: python3 terrain-vectors.py (no packages needed; the same bytes every time).
"""
import json
import math
import os
import struct
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
LNG, LAT = 122.39, 29.89
R = 6378137.0


def surface(lng, lat):
    """A hill of 150 m with waves on its flank, over a plain at 20 m; metres."""
    e = math.radians(lng - LNG) * R * math.cos(math.radians(LAT))
    n = math.radians(lat - LAT) * R
    hill = 150 * math.exp(-(((e - 300) / 500) ** 2 + ((n + 200) / 400) ** 2))
    return 20 + hill + 3 * math.sin(e / 120) * math.cos(n / 90) + 0.01 * n


# --- web map tiles -------------------------------------------------------------------------------------------------
def world_px(lng, lat, zoom, size):
    n = size * 2 ** zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return (lng + 180) / 360 * n, y * n


def place_of(px, py, zoom, size):
    n = size * 2 ** zoom
    return px / n * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * py / n))))


def png(width, height, rows, alpha):
    def chunk(kind, data):
        body = kind + data
        return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))

    raw = b''.join(b'\x00' + row for row in rows)
    kind = 6 if alpha else 2
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, kind, 0, 0, 0)) + chunk(
        b'IDAT', zlib.compress(raw, 9)) + chunk(b'IEND', b'')


def terrarium(h):
    v = round((h + 32768) * 256)
    return bytes([v >> 16, v >> 8 & 255, v & 255])


def mapbox(h):
    v = round((h + 10000) * 10)
    return bytes([v >> 16, v >> 8 & 255, v & 255])


def tiles(folder, zoom, encode, step, alpha, hole):
    """Two by two tiles around the place; one is left out. Heights in whole steps, so that they compress."""
    size = 256
    cx, cy = (int(v // size) for v in world_px(LNG, LAT, zoom, size))
    stored = {}
    for tx in (cx, cx + 1):
        for ty in (cy, cy + 1):
            if (tx, ty) == (cx + 1, cy + 1):
                continue
            rows = []
            for j in range(size):
                row = b''
                for i in range(size):
                    px, py = tx * size + i, ty * size + j
                    h = round(surface(*place_of(px + 0.5, py + 0.5, zoom, size)) / step) * step
                    empty = hole and i < 8 and j < 8 and (tx, ty) == (cx, cy)
                    if not empty:
                        stored[px, py] = h
                    row += encode(h) + (bytes([0 if empty else 255]) if alpha else b'')
                rows.append(row)
            path = os.path.join(HERE, folder, str(zoom), str(tx))
            os.makedirs(path, exist_ok=True)
            with open(os.path.join(path, f'{ty}.png'), 'wb') as f:
                f.write(png(size, size, rows, alpha))
    return stored, (cx, cy)


def at_tiles(stored, lng, lat, zoom):
    px, py = world_px(lng, lat, zoom, 256)
    return areas(stored, px, py)


def areas(stored, px, py):
    """Each of four neighbours weighted by the area opposite to it; None where one is missing."""
    i, j = math.floor(px - 0.5), math.floor(py - 0.5)
    u, v = px - 0.5 - i, py - 0.5 - j
    total = 0.0
    for di, dj, w in ((0, 0, (1 - u) * (1 - v)), (1, 0, u * (1 - v)), (0, 1, (1 - u) * v), (1, 1, u * v)):
        if (i + di, j + dj) not in stored:
            return None
        total += w * stored[i + di, j + dj]
    return total


# --- GeoTIFF --------------------------------------------------------------------------------------------------------
def tiff(path, width, height, west, north, step, values, kind, point, deflate, nodata, epsg=4326):
    fmt, bits, sample = {'f4': ('<f', 32, 3), 'i2': ('<h', 16, 2)}[kind]
    data = b''.join(struct.pack(fmt, v) for v in values)
    if deflate:
        data = zlib.compress(data, 9)
    geo = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 2 if point else 1, 2048, 0, 1, epsg]
    extra = b''
    tags = []
    base = 8

    def put(blob):
        nonlocal extra
        offset = base + len(extra)
        extra += blob + b'\0' * (len(blob) % 2)
        return offset

    def tag(code, typ, count, value):
        tags.append(struct.pack('<HHI', code, typ, count) + value)

    at = put(data)
    tag(256, 3, 1, struct.pack('<HH', width, 0))
    tag(257, 3, 1, struct.pack('<HH', height, 0))
    tag(258, 3, 1, struct.pack('<HH', bits, 0))
    tag(259, 3, 1, struct.pack('<HH', 8 if deflate else 1, 0))
    tag(262, 3, 1, struct.pack('<HH', 1, 0))
    tag(273, 4, 1, struct.pack('<I', at))
    tag(277, 3, 1, struct.pack('<HH', 1, 0))
    tag(278, 3, 1, struct.pack('<HH', height, 0))
    tag(279, 4, 1, struct.pack('<I', len(data)))
    tag(339, 3, 1, struct.pack('<HH', sample, 0))
    tag(33550, 12, 3, struct.pack('<I', put(struct.pack('<ddd', step, step, 0))))
    tag(33922, 12, 6, struct.pack('<I', put(struct.pack('<dddddd', 0, 0, 0, west, north, 0))))
    tag(34735, 3, len(geo), struct.pack('<I', put(struct.pack(f'<{len(geo)}H', *geo))))
    text = (str(nodata) + '\0').encode()
    tag(42113, 2, len(text), struct.pack('<I', put(text)) if len(text) > 4 else text.ljust(4, b'\0'))
    ifd = base + len(extra)
    with open(path, 'wb') as f:
        f.write(b'II*\0' + struct.pack('<I', ifd) + extra + struct.pack('<H', len(tags)) + b''.join(tags) + b'\0\0\0\0')


def tiff_case(name, kind, point, deflate, rounding):
    width, height, step = 60, 40, 1 / 3600
    west, north = LNG - 20 * step, LAT + 25 * step
    # The tie point is the outer corner of the first pixel, or its middle where heights are at points.
    shift = 0.0 if point else 0.5
    stored, values = {}, []
    for j in range(height):
        for i in range(width):
            h = surface(west + (i + shift) * step, north - (j + shift) * step)
            h = round(h) if rounding else struct.unpack('<f', struct.pack('<f', h))[0]
            if i < 5 and j < 5:
                h = -9999
            else:
                stored[i, j] = h
            values.append(h)
    tiff(os.path.join(HERE, name), width, height, west, north, step, values, kind, point, deflate, -9999)

    def at(lng, lat):
        return areas(stored, (lng - west) / step + 0.5 - shift, (north - lat) / step + 0.5 - shift)

    return at


PLACES = [(0, 0), (0.0011, -0.0017), (0.0031, -0.0018), (-0.0012, 0.0009), (0.00513, 0.00407), (0.0027, -0.0033), (-0.00333, 0.0021)]


def main():
    out = {'madeBy': 'terrain-vectors.py', 'sets': []}

    def add(name, config, at, stepM):
        rows = []
        for dx, dy in PLACES:
            lng, lat = round(LNG + dx, 7), round(LAT + dy, 7)
            h = at(lng, lat)
            rows.append({'at': [lng, lat], 'heightM': None if h is None else round(h, 4), 'surfaceM': round(surface(lng, lat), 4)})
        out['sets'].append({'name': name, 'config': config, 'stepM': stepM, 'places': rows})

    stored, (cx, cy) = tiles('terrarium', 14, terrarium, 1.0, False, False)
    add('terrarium', {'type': 'raster-dem', 'tiles': ['terrarium/{z}/{x}/{y}.png'], 'encoding': 'terrarium', 'maxzoom': 14},
        lambda lng, lat: at_tiles(stored, lng, lat, 14), 1.0)
    missing = place_of((cx + 1.5) * 256, (cy + 1.5) * 256, 14, 256)
    edge = place_of((cx + 1) * 256 - 0.2, (cy + 0.5) * 256 + 0.3, 14, 256)
    out['missing'] = [round(v, 7) for v in missing]
    out['acrossTiles'] = {'at': [round(v, 7) for v in edge], 'heightM': round(at_tiles(stored, round(edge[0], 7), round(edge[1], 7), 14), 4)}
    box = [LNG, LAT - 0.004, LNG + 0.006, LAT]
    inside = [h for (px, py), h in stored.items()
              if box[0] <= place_of(px + 0.5, py + 0.5, 14, 256)[0] <= box[2] and box[1] <= place_of(px + 0.5, py + 0.5, 14, 256)[1] <= box[3]]
    out['highest'] = {'area': [round(v, 7) for v in box], 'heightM': max(inside)}
    more, _ = tiles('mapbox', 13, mapbox, 0.5, True, True)
    add('mapbox, with alpha', {'type': 'raster-dem', 'tiles': ['mapbox/{z}/{x}/{y}.png'], 'encoding': 'mapbox', 'maxzoom': 13},
        lambda lng, lat: at_tiles(more, lng, lat, 13), 0.5)
    cx, cy = (int(v // 256) for v in world_px(LNG, LAT, 13, 256))
    out['transparent'] = [round(v, 7) for v in place_of(cx * 256 + 3, cy * 256 + 3, 13, 256)]
    add('GeoTIFF, float, areas', {'type': 'geotiff', 'files': ['areas.tif']}, tiff_case('areas.tif', 'f4', False, False, False), 0.01)
    add('GeoTIFF, integer, points, deflated', {'type': 'geotiff', 'files': ['points.tif']}, tiff_case('points.tif', 'i2', True, True, True), 1.0)
    step = 1 / 3600
    out['noData'] = [round(LNG - 18 * step, 7), round(LAT + 23 * step, 7)]
    out['outside'] = [LNG + 1, LAT]
    tiff(os.path.join(HERE, 'utm.tif'), 2, 2, 0, 0, 10, [1, 2, 3, 4], 'f4', False, False, -9999, epsg=4258 * 0 + 2000)
    with open(os.path.join(HERE, 'terrain-vectors.json'), 'w') as f:
        json.dump(out, f, indent=1)
        f.write('\n')


main()

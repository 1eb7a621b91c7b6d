const END_OF_IMAGE = 0xd9
export const START_OF_SCAN = 0xda

/**
 * Whether a JPEG has more scans than `most`. The decoder goes over the whole picture once for each, and a scan that changes nothing takes a few
 * bytes: 160 KB can keep it busy for a quarter of a minute.
 */
export function hasMoreScans(bytes: Uint8Array, most: number): boolean {
  let scans = 0
  for (const { marker } of jpegMarkers(bytes)) if (marker === START_OF_SCAN && ++scans > most) return true
  return false
}

/** Whether a scan begins in a JPEG and the image never ends. An embedded thumbnail, with an end of its own, lies inside a segment. */
export function isJpegWithoutEnd(bytes: Uint8Array): boolean {
  let hasScan = false
  for (const { marker } of jpegMarkers(bytes)) {
    if (marker === END_OF_IMAGE) return false
    if (marker === START_OF_SCAN) hasScan = true
  }
  return hasScan
}

/** The markers of a JPEG up to its end, and where the segment of each begins (its length is two bytes), found as libjpeg finds them: over bytes that belong nowhere, over as many 0xff as there are. Otherwise
 *  a file could be written that this sees as harmless and the decoder does not. */
export function* jpegMarkers(
  bytes: Uint8Array,
): Generator<{ readonly marker: number; readonly segment: number }, void> {
  let offset = 2 // after the start-of-image marker
  for (;;) {
    offset = bytes.indexOf(0xff, offset)
    if (offset === -1) return
    while (bytes[offset] === 0xff) offset++
    if (offset >= bytes.length) return
    const marker = bytes[offset++]
    if (isInsideScan(marker)) continue
    yield { marker, segment: offset }
    if (marker === END_OF_IMAGE) return
    if (offset + 2 <= bytes.length) offset += Math.max(2, bytes[offset] * 256 + bytes[offset + 1])
  }
}

/** A byte 0xff of the compressed data, which is followed by zero, and restarts. Neither has a segment, nor has 0x01, which means nothing. */
function isInsideScan(marker: number): boolean {
  return marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7)
}

import { encodeIndexedPng } from './png.js'
import { CELL_PITCH, CELL_PIXELS, CELLS_PER_SIDE, LEVELS, MARGIN, PAPER, TILE_PIXELS, ZONES } from './tile-layout.js'
import type { Colour, TileLayout, Zone, ZoneName } from './tile-layout.js'

const SERIAL_LEVELS = 4 // two bits per cell
const SERIAL_STRIDE = 40503 // odd: neighbouring numbers look unlike each other, and no two numbers become the same

/** The PNG file of one tile. `levels`: strength of each concept, 0 to `LEVELS` - 1, in the order of the layout. */
export function drawTile(layout: TileLayout, levels: Uint8Array, serial: number): Uint8Array {
  const pixels = new Uint8Array(TILE_PIXELS * TILE_PIXELS) // index 0 is paper
  layout.concepts.forEach(({ zone, cell }, index) => {
    fillCell(pixels, cell, paletteIndex(zone, levels[index] ?? 0))
  })
  const mixed = (serial * SERIAL_STRIDE) % SERIAL_LEVELS ** layout.serialCells.length
  layout.serialCells.forEach((cell, digit) => {
    const value = Math.floor(mixed / SERIAL_LEVELS ** digit) % SERIAL_LEVELS
    fillCell(pixels, cell, paletteIndex('serial', Math.round((value * (LEVELS - 1)) / (SERIAL_LEVELS - 1))))
  })
  return encodeIndexedPng(TILE_PIXELS, TILE_PIXELS, pixels, PALETTE)
}

function fillCell(pixels: Uint8Array, cell: number, colour: number): void {
  const top = MARGIN + Math.floor(cell / CELLS_PER_SIDE) * CELL_PITCH
  const left = MARGIN + (cell % CELLS_PER_SIDE) * CELL_PITCH
  for (let row = top; row < top + CELL_PIXELS; row += 1) {
    pixels.fill(colour, row * TILE_PIXELS + left, row * TILE_PIXELS + left + CELL_PIXELS)
  }
}

const ZONE_NAMES: readonly ZoneName[] = ['classes', 'race', 'gender', 'age', 'serial']

function paletteIndex(zone: ZoneName, level: number): number {
  return 1 + ZONE_NAMES.indexOf(zone) * LEVELS + level
}

const PALETTE = Uint8Array.from([...PAPER, ...ZONE_NAMES.flatMap((name) => zoneColours(ZONES[name]).flat())])

function zoneColours({ tint, ink }: Zone): Colour[] {
  return Array.from({ length: LEVELS }, (_, level) => {
    const share = level / (LEVELS - 1)
    const mix = (channel: 0 | 1 | 2) => Math.round(tint[channel] + share * (ink[channel] - tint[channel]))
    return [mix(0), mix(1), mix(2)]
  })
}

import { spawn } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MAIN, temporaryFolder, testEnvironment } from '../e2e/run-cli.js'
import { writeDrawnRun } from '../support/drawn-run.js'
import { settle, tell, tries } from './torture.js'

const TILE = 8
const LONG = 20_000
/** Growth per 10,000 images, in MB. Of each image some 200 bytes stay beside the heap: its hash, where its vector is, and the state of its file. */
const MOST = { heap: 1, buffers: 4, resident: 10, descriptors: 1 }
const SAMPLES = 20

/** Says heap after a collection, resident memory and open descriptors, as often as images are done: on descriptor 3, one JSON line each. */
const PROBE = `
import { readdirSync, writeSync } from 'node:fs'
const every = Number(process.env.SOAK_EVERY)
const write = process.stderr.write.bind(process.stderr)
let next = every
process.stderr.write = (text, ...rest) => {
  const done = Number(/"event":"embedding".*"done":(\\d+)/.exec(String(text))?.[1])
  if (done >= next) {
    next = (Math.floor(done / every) + 1) * every
    gc()
    const { heapUsed, rss, arrayBuffers } = process.memoryUsage()
    writeSync(3, JSON.stringify({ done, heapUsed, arrayBuffers, rss, open: readdirSync('/proc/self/fd').length }) + '\\n')
  }
  return write(text, ...rest)
}
`

type Sample = { readonly done: number; readonly heapUsed: number; readonly arrayBuffers: number; readonly rss: number; readonly open: number } // prettier-ignore

describe('a long run', () => {
  it('takes no more memory and no more descriptors at its end than at its beginning', () =>
    soakAndSettle(tries(4_000, 200_000), []))

  it('nor does the parent of isolated processes', () => soakAndSettle(tries(500, 20_000), ['--isolate']))
})

async function soakAndSettle(count: number, flags: readonly string[]): Promise<void> {
  const run = await writeDrawnRun(temporaryFolder(), 1)
  const tar = join(run.folder, 'tiles.tar')
  writeTar(tar, count)
  const { samples, stdout } = await soak(
    ['--model', run.model, '--dataset', 'webdataset', '--images', tar, '--map', 'race=race', '--threads', '1', '--batch', '64', ...flags], // prettier-ignore
    run.folder,
    count,
  )
  expect(samples.length).toBeGreaterThan(3)
  const settled = samples.slice(Math.floor(samples.length / 4)) // the first images also load code
  const perTenThousand = {
    heap: slope(settled, ({ heapUsed }) => heapUsed) / 1e6,
    buffers: slope(settled, ({ arrayBuffers }) => arrayBuffers) / 1e6,
    resident: slope(settled, ({ rss }) => rss) / 1e6,
    descriptors: slope(settled, ({ open }) => open),
  }
  tell({ count, flags, perTenThousand, last: samples.at(-1), stdout })
  const { embedded } = (JSON.parse(stdout) as { rows: { embedded: number } }).rows
  const isLong = count >= LONG // in a short run the first images are most of it
  const over = Object.entries(MOST).filter(
    ([what, most]) => isLong && perTenThousand[what as keyof typeof MOST] >= most,
  )
  const said = Object.entries(perTenThousand).map(
    ([what, growth]) => `${what} ${growth < 0 ? '' : '+'}${growth.toFixed(2)}`,
  )
  settle({
    where: 'run',
    fault: `${count.toLocaleString('en')} images in one run${flags.map((flag) => ` with ${flag}`).join('')} (per 10,000, in MB: ${said.join(', ')})`,
    tried: count,
    lost: count - embedded,
    wrong: over.length,
  })
}

async function soak(
  evidence: readonly string[],
  folder: string,
  count: number,
): Promise<{ samples: Sample[]; stdout: string }> {
  const probe = `data:text/javascript,${encodeURIComponent(PROBE)}`
  const args = ['--expose-gc', '--import', probe, MAIN, 'embed', ...evidence, '--store', join(folder, 'store'), '--json'] // prettier-ignore
  const every = String(Math.floor(count / SAMPLES))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...testEnvironment(), SOAK_EVERY: every },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    const said = ['', '', '', '']
    for (const number of [1, 2, 3]) child.stdio[number]?.on('data', (text: Buffer) => (said[number] += text.toString()))
    child.on('close', (status) => {
      if (status !== 0) return reject(new Error(said[2]))
      resolve({ samples: said[3].trim().split('\n').map((line) => JSON.parse(line) as Sample), stdout: said[1] }) // prettier-ignore
    })
  })
}

/** Least-squares growth per 10,000 images. */
function slope(samples: readonly Sample[], valueOf: (sample: Sample) => number): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middle, level] = [mean(samples.map(({ done }) => done)), mean(samples.map(valueOf))]
  const above = samples.reduce((sum, each) => sum + (each.done - middle) * (valueOf(each) - level), 0)
  const spread = samples.reduce((sum, { done }) => sum + (done - middle) ** 2, 0)
  return (above / spread) * 10_000
}

const BLOCK = 512

/** A WebDataset of so many different drawn tiles. */
function writeTar(path: string, count: number): void {
  writeFileSync(path, '')
  let members: Buffer[] = []
  for (let index = 0; index < count; index++) {
    members.push(member(`${String(index).padStart(7, '0')}.png`, png(index)))
    members.push(member(`${String(index).padStart(7, '0')}.json`, Buffer.from(JSON.stringify({ race: 'ABC'[index % 3] })))) // prettier-ignore
    if (members.length < 8_192 && index < count - 1) continue
    appendFileSync(path, Buffer.concat(members))
    members = []
  }
  appendFileSync(path, Buffer.alloc(2 * BLOCK))
}

function member(name: string, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0ustar\u000000', 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)])
}

/** An 8 x 8 PNG in colour, another for each number. */
function png(number: number): Buffer {
  const pixels = Buffer.alloc(TILE * (1 + 3 * TILE))
  for (let row = 0, state = number + 1; row < TILE; row++)
    for (let byte = 1; byte <= 3 * TILE; byte++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      pixels[row * (1 + 3 * TILE) + byte] = state >>> 24
    }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(TILE, 0)
  header.writeUInt32BE(TILE, 4)
  header.set([8, 2], 8)
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 0 })), chunk('IEND', Buffer.alloc(0))] // prettier-ignore
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks])
}

const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
  let each = value
  for (let bit = 0; bit < 8; bit++) each = each & 1 ? 0xedb88320 ^ (each >>> 1) : each >>> 1
  return each
})

function chunk(kind: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind), bytes])
  let crc = 0xffffffff
  for (const byte of body) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8)
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([length, body, check])
}

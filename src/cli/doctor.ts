import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { listShipped } from '../audit/definitions/shipped.js'
import { runDeviceCheck } from '../audit/run-device-check.js'
import { runStoreList } from '../audit/run-store.js'
import { shownFolder } from './home-folder.js'
import { shownBytes } from './shown.js'
import { storeFolder } from './store-place.js'

export type Examined = { readonly state: 'ok' | 'missing' | 'note'; readonly what: string; readonly detail: string }

const OLDEST_NODE = 20
const GIGABYTE = 2 ** 30

/** Tries what an audit needs: Node, the native libraries, the shipped definitions, a writable temporary folder. */
export async function examine(): Promise<Examined[]> {
  return [
    examineNode(),
    examineMachine(),
    await examineInference(),
    await examineDevices(),
    await examineImages(),
    examineDefinitions(),
    await examineDisk(),
    await examineStore(),
  ]
}

function examineNode(): Examined {
  const major = Number(process.versions.node.split('.')[0])
  return {
    state: major >= OLDEST_NODE ? 'ok' : 'missing',
    what: 'Node',
    detail: `${process.version} (${OLDEST_NODE} or newer is needed)`,
  }
}

function examineMachine(): Examined {
  const free = (freemem() / GIGABYTE).toFixed(1)
  return {
    state: 'note',
    what: 'Machine',
    detail: `${availableParallelism()} cores, ${free} of ${(totalmem() / GIGABYTE).toFixed(1)} GB memory free`,
  }
}

async function examineInference(): Promise<Examined> {
  try {
    const { env } = await import('onnxruntime-node')
    return {
      state: 'ok',
      what: 'ONNX Runtime',
      detail: env.versions.node ?? 'unknown version',
    }
  } catch (error) {
    return {
      state: 'missing',
      what: 'ONNX Runtime',
      detail: `${firstLine(error)}. Run npm ci again; Linux, macOS and Windows on x64 and arm64 are supported`,
    }
  }
}

/** A GPU is never needed, so a device that cannot be used is a note. */
async function examineDevices(): Promise<Examined> {
  const checks = await runDeviceCheck().catch((error: unknown) => firstLine(error))
  if (typeof checks === 'string') return { state: 'note', what: 'Devices', detail: checks }
  const usable = checks.filter(({ reason }) => reason === null).map(({ device }) => device)
  const others = checks.flatMap(({ device, reason }) => (reason === null ? [] : [`not ${device}: ${reason}`]))
  return { state: 'note', what: 'Devices', detail: [`${usable.join(', ')} (--device)`, ...others].join('; ') }
}

async function examineImages(): Promise<Examined> {
  try {
    const { default: sharp } = await import('sharp')
    return {
      state: 'ok',
      what: 'sharp',
      detail: `${sharp.versions.sharp ?? 'unknown version'}, libvips ${sharp.versions.vips}`,
    }
  } catch (error) {
    return {
      state: 'missing',
      what: 'sharp',
      detail: `${firstLine(error)}. Run npm ci again, with optional packages included`,
    }
  }
}

function examineDefinitions(): Examined {
  const counts = (['probes', 'label-sets', 'policies', 'templates', 'grids'] as const).map(
    (kind) => `${kind}: ${listShipped(kind).length}`,
  )
  return { state: 'ok', what: 'Definitions', detail: counts.join(', ') }
}

async function examineDisk(): Promise<Examined> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'probity-doctor-'))
    await writeFile(join(folder, 'probe'), 'x')
    await rm(folder, { recursive: true })
    return { state: 'ok', what: 'Temporary folder', detail: `${tmpdir()} can be written` }
  } catch (error) {
    return { state: 'missing', what: 'Temporary folder', detail: firstLine(error) }
  }
}

async function examineStore(): Promise<Examined> {
  const folder = storeFolder()
  const spaces = await runStoreList(folder).catch((error: unknown) => firstLine(error))
  if (typeof spaces === 'string')
    return { state: 'note', what: 'Store', detail: `${spaces}. Choose another with --store` }
  const bytes = spaces.reduce((sum, space) => sum + space.bytes, 0)
  const holds = spaces.length === 0 ? 'nothing is stored yet' : `${shownBytes(bytes)} of vectors`
  return { state: 'note', what: 'Store', detail: `${shownFolder(folder)}: ${holds}` }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]
}

import type { Device, DeviceMeasured } from '../types/device.js'
import { refusalOfError } from './device-refusal.js'
import type { DeviceRefusal } from './device-refusal.js'
import { drawTwoImages } from './dry-run.js'
import type { ImageEncoder } from './encoder-signature.js'
import type { Inference } from './inference-client.js'
import type { LoadedWithSignature } from './load-encoder.js'
import type { Preprocessing } from './preprocessing.js'
import type { SessionProfile } from './read-profile.js'
import { encodeImages } from './run-encoders.js'
import type { Batching } from './run-encoders.js'

/** Smaller than this, the vector of a device is not that of the CPU. Float32 in another order of adding leaves 0.999999 and more, and
 *  half precision about 0.9999; below that near-ties between labels would be decided by the device. */
const LEAST_COSINE = 0.9999
/** What an encoder spends its time on. Shapes and indices are the CPU's work on every device; these are not. */
const HEAVY = /MatMul|Gemm|Conv|Attention/
const ON_CPU = 'CPUExecutionProvider'

export type LoadImages = (inference: Inference) => Promise<LoadedWithSignature<ImageEncoder>>

/** What the CPU makes of the two drawn images (2 x dim, row-major), and how long one takes it. */
export type CpuReference = { readonly vectors: Float32Array; readonly msPerImage: number }

export type DeviceTrial =
  | { readonly kind: 'usable'; readonly loaded: LoadedWithSignature<ImageEncoder>; readonly measured: DeviceMeasured }
  | ({ readonly kind: 'refused' } & DeviceRefusal)

/** An inference that loads models on one device and notes what runs where. */
export function onDevice(inference: Inference, device: Device): Inference {
  return {
    ...inference,
    loadModel: (source, _, confirm) => inference.loadModel(source, { device, isProfiled: true }, confirm),
  }
}

/** Encodes the drawn images with an encoder that was loaded on the CPU by {@link onDevice}. */
export async function cpuReference(
  inference: Inference,
  loaded: LoadedWithSignature<ImageEncoder>,
  preprocessing: Preprocessing,
  batching: Batching,
): Promise<CpuReference> {
  const { vectors, msPerImage } = await encodeTimed(inference, loaded, preprocessing, batching)
  return { vectors: vectors.subarray(0, (2 * vectors.length) / drawnFor(batching)), msPerImage }
}

/**
 * Loads an image encoder on a device and holds it against the CPU: the same vectors, in the batch shape that will be used, and its heavy
 * operators not on the CPU after all. An encoder that is refused is freed. Rejects only with errors that are not the device's.
 */
export async function tryDevice(
  device: Device,
  inference: Inference,
  load: LoadImages,
  against: { readonly preprocessing: Preprocessing; readonly batching: Batching; readonly cpu: CpuReference },
): Promise<DeviceTrial> {
  let loaded: LoadedWithSignature<ImageEncoder> | undefined
  try {
    loaded = await load(onDevice(inference, device))
    const found = await encodeTimed(inference, loaded, against.preprocessing, against.batching)
    const measured = measure(found, against.cpu)
    const refusal = refusalOfVectors(measured.smallestCosine) ?? refusalOfOperators(found.profile)
    if (refusal === null) return { kind: 'usable', loaded, measured }
    await inference.unloadModel(loaded.session)
    return { kind: 'refused', ...refusal }
  } catch (error) {
    const refusal = refusalOfError(device, error)
    if (loaded !== undefined) await inference.unloadModel(loaded.session).catch(() => undefined) // it has failed already
    return { kind: 'refused', ...refusal }
  }
}

type Encoded = {
  readonly vectors: Float32Array
  readonly msPerImage: number
  readonly profile: SessionProfile
}

/** Both drawn images in turn until a batch is full, so that each has the other for a neighbour. */
async function encodeTimed(
  inference: Inference,
  loaded: LoadedWithSignature<ImageEncoder>,
  preprocessing: Preprocessing,
  batching: Batching,
): Promise<Encoded> {
  const drawn = drawTwoImages(preprocessing)
  const images = Array.from({ length: drawnFor(batching) }, (_, index) => drawn[index % drawn.length])
  const encode = () => encodeImages(inference, loaded, preprocessing, images, batching)
  await encode() // loads, compiles and chooses kernels
  const vectors = await encode()
  const profile = await inference.endProfile(loaded.session)
  const runs = profile.runsMs.slice(-Math.ceil(images.length / batching.perRun)) // those of the second time
  return { vectors, msPerImage: Math.min(...runs) / batching.perRun, profile }
}

function drawnFor({ perRun }: Batching): number {
  return Math.max(2, perRun)
}

function measure({ vectors, msPerImage, profile: { operators } }: Encoded, cpu: CpuReference): DeviceMeasured {
  const dim = cpu.vectors.length / 2
  const cosines = Array.from({ length: vectors.length / dim }, (_, row) =>
    cosine(vectors.subarray(row * dim, (row + 1) * dim), cpu.vectors.subarray((row % 2) * dim, ((row % 2) + 1) * dim)),
  )
  return {
    imagesPerSecond: 1000 / msPerImage,
    cpuImagesPerSecond: 1000 / cpu.msPerImage,
    smallestCosine: Math.min(...cosines), // NaN if one is
    operators: operators.length,
    operatorsOnCpu: operators.filter(({ provider }) => provider === ON_CPU).length,
  }
}

function refusalOfVectors(smallestCosine: number): DeviceRefusal | null {
  const cure = 'Use --device cpu; the driver or the export may be at fault.'
  if (!Number.isFinite(smallestCosine))
    return { reason: 'it gives NaN or infinity for a drawn image, and the CPU does not', cure }
  if (smallestCosine >= LEAST_COSINE) return null
  const found = smallestCosine.toFixed(6)
  return { reason: `its vectors are not those of the CPU: cosine ${found}, where ${LEAST_COSINE} is the least`, cure }
}

function refusalOfOperators({ operators }: SessionProfile): DeviceRefusal | null {
  const fallen = operators.filter(({ provider }) => provider === ON_CPU)
  const heavy = new Set(fallen.map(({ name }) => name).filter((name) => HEAVY.test(name)))
  if (heavy.size === 0) return null
  return {
    reason: `${fallen.length} of ${operators.length} operators would run on the CPU, ${[...heavy].sort().join(' and ')} among them`,
    cure: 'Use --device cpu, or an export whose operators the device has (fp32).',
  }
}

function cosine(left: Float32Array, right: Float32Array): number {
  const dot = left.reduce((sum, value, index) => sum + value * (right[index] ?? NaN), 0)
  return dot / (Math.hypot(...left) * Math.hypot(...right))
}

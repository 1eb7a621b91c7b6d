import type { Device, DeviceAsked, DeviceChoice } from '../types/device.js'
import { deviceError, refusalOfPlace } from './device-refusal.js'
import type { Machine } from './device-refusal.js'
import type { ImageEncoder } from './encoder-signature.js'
import type { Inference } from './inference-client.js'
import type { LoadedWithSignature } from './load-encoder.js'
import type { Preprocessing } from './preprocessing.js'
import type { Batching } from './run-encoders.js'
import { cpuReference, tryDevice } from './try-device.js'
import type { DeviceTrial, LoadImages } from './try-device.js'

/** What `auto` tries, in this order. At most one of them exists on any one system. */
const AUTO: readonly Device[] = ['cuda', 'coreml', 'dml']
const NOT_IN_AUTO = {
  device: 'webgpu',
  reason: 'ONNX Runtime 1.30 calls it experimental, so it must be named',
} as const

export type Chosen = { readonly loaded: LoadedWithSignature<ImageEncoder>; readonly choice: DeviceChoice }

/**
 * The image encoder on the device that was asked for. A device that is named is used or refused (ModelError `model.device`); `auto`
 * takes the first that gives the CPU's vectors and takes less time, else the CPU. `cpu` is the encoder loaded on the CPU with its
 * profile open; it is freed when another device is used.
 */
export async function chooseDevice(
  asked: Exclude<DeviceAsked, 'cpu'>,
  inference: Inference,
  load: LoadImages,
  of: {
    readonly cpu: LoadedWithSignature<ImageEncoder>
    readonly preprocessing: Preprocessing
    readonly batching: Batching
    /** For the CPU, which needs no full batch to be measured. */
    readonly smallBatching: Batching
    readonly machine?: Machine
  },
): Promise<Chosen> {
  const cpu = await cpuReference(inference, of.cpu, of.preprocessing, of.smallBatching)
  const passedOver: { device: Device; reason: string }[] = []
  for (const device of asked === 'auto' ? AUTO : [asked]) {
    const nowhere = refusalOfPlace(device, of.machine)
    const trial: DeviceTrial =
      nowhere === null ? await tryDevice(device, inference, load, { ...of, cpu }) : { kind: 'refused', ...nowhere }
    if (trial.kind === 'refused') {
      if (asked !== 'auto') throw deviceError(device, trial)
      passedOver.push({ device, reason: trial.reason })
    } else if (asked === 'auto' && trial.measured.imagesPerSecond <= trial.measured.cpuImagesPerSecond) {
      passedOver.push({ device, reason: slower(trial.measured) })
      await inference.unloadModel(trial.loaded.session)
    } else {
      await inference.unloadModel(of.cpu.session)
      return { loaded: trial.loaded, choice: { asked, used: device, passedOver, measured: trial.measured } }
    }
  }
  return { loaded: of.cpu, choice: { asked, used: 'cpu', passedOver: [...passedOver, NOT_IN_AUTO], measured: null } }
}

function slower({ imagesPerSecond, cpuImagesPerSecond }: { imagesPerSecond: number; cpuImagesPerSecond: number }) {
  return `it is no faster: ${imagesPerSecond.toFixed(1)} images a second, and the CPU ${cpuImagesPerSecond.toFixed(1)}`
}

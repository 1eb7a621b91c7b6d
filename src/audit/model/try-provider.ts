import type { Device } from '../types/device.js'
import { deviceError, refusalOfError, refusalOfPlace } from './device-refusal.js'
import type { DeviceRefusal, Machine } from './device-refusal.js'
import type { Inference } from './inference-client.js'
import { buildOnnxModel } from './onnx-graph.js'

/** Runs one addition on a device: whether there is such a device, with its driver and libraries. Says nothing about any model.
 *  Null where it can be used. */
export async function tryProvider(
  inference: Inference,
  device: Device,
  machine: Machine = process,
): Promise<DeviceRefusal | null> {
  const nowhere = refusalOfPlace(device, machine)
  if (nowhere !== null) return nowhere
  try {
    const { session } = await inference.loadModel({ bytes: doubling() }, { device })
    const feed = { name: 'x', type: 'float32', data: Float32Array.of(1, 2), dims: [2] } as const
    const [sum] = (await inference.run(session, [feed], ['sum'])).outputs
    await inference.unloadModel(session)
    return sum?.data[0] === 2 && sum.data[1] === 4
      ? null
      : { reason: 'it adds 1 to 1 and does not give 2', cure: 'Update its driver, or use --device cpu.' }
  } catch (error) {
    return refusalOfError(device, error)
  }
}

/** Refuses a device that was named and is not there, before anything is read. Throws ModelError (`model.device`). */
export async function requireProvider(inference: Inference, device: Device): Promise<void> {
  const refusal = await tryProvider(inference, device)
  if (refusal !== null) throw deviceError(device, refusal)
}

function doubling(): Uint8Array {
  return buildOnnxModel({
    name: 'doubling',
    inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
    outputs: [{ name: 'sum', type: 'float32', shape: ['n'] }],
    initializers: [],
    nodes: [{ op: 'Add', inputs: ['x', 'x'], outputs: ['sum'] }],
  })
}

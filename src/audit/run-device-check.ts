import { openInference } from './model/inference-client.js'
import { tryProvider } from './model/try-provider.js'
import { DEVICES } from './types/device.js'
import type { Device } from './types/device.js'

/** `reason` says why a device cannot be used here and `cure` what to do; both are null where it can. */
export type DeviceCheck = {
  readonly device: Device
  readonly reason: string | null
  readonly cure: string | null
}

/** Tries every device by running one addition on it. Whether a model runs there with the right vectors is tried when it is opened. */
export async function runDeviceCheck(): Promise<DeviceCheck[]> {
  const inference = openInference()
  try {
    const checks: DeviceCheck[] = []
    for (const device of DEVICES) {
      const refusal = await tryProvider(inference, device)
      checks.push({ device, reason: refusal?.reason ?? null, cure: refusal?.cure ?? null })
    }
    return checks
  } finally {
    await inference.close()
  }
}

/** What can run an image encoder. `cpu` is the default; the names are those of ONNX Runtime's execution providers. */
export const DEVICES = ['cpu', 'cuda', 'coreml', 'dml', 'webgpu'] as const
export type Device = (typeof DEVICES)[number]

/** `auto` tries those of this machine in a fixed order and falls to the CPU, saying why. */
export const DEVICES_ASKED = ['auto', ...DEVICES] as const
export type DeviceAsked = (typeof DEVICES_ASKED)[number]

/** What was measured on drawn images before a device other than the CPU embedded anything. */
export type DeviceMeasured = {
  readonly imagesPerSecond: number
  readonly cpuImagesPerSecond: number
  /** Between a vector of the device and that of the CPU for the same image; the smallest of all. */
  readonly smallestCosine: number
  /** Operators of the encoder as it ran; 0 where ONNX Runtime does not say. */
  readonly operators: number
  /** Of those, how many ran on the CPU. */
  readonly operatorsOnCpu: number
}

/** Which device embedded images, and why not each other one that was tried. */
export type DeviceChoice = {
  readonly asked: DeviceAsked
  readonly used: Device
  readonly passedOver: readonly { readonly device: Device; readonly reason: string }[]
  /** Null where the CPU is used: there is nothing to hold it against. */
  readonly measured: DeviceMeasured | null
}

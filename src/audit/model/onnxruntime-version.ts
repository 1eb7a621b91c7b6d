import { createRequire } from 'node:module'

/** Version of ONNX Runtime as installed, without loading it. */
export function onnxruntimeVersion(): string {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string } // npm requires it
  return version
}

// A bare ONNX Runtime session: raw float32 or int64 in, raw float32 out. Shares no code with src/.
import { readFileSync, writeFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'

const [model, spec, out] = process.argv.slice(2)
const session = await ort.InferenceSession.create(model)
const parts = []
for (const feeds of JSON.parse(readFileSync(spec, 'utf8'))) {
  const tensors = {}
  for (const { name, type, dims, file } of feeds) {
    const bytes = readFileSync(file)
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    tensors[name] = new ort.Tensor(type, type === 'int64' ? new BigInt64Array(buffer) : new Float32Array(buffer), dims)
  }
  const results = await session.run(tensors)
  parts.push(Buffer.from(results[session.outputNames[0]].data.buffer))
}
writeFileSync(out, Buffer.concat(parts))

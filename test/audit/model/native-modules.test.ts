import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const room = fileURLToPath(new URL('../../../src/audit/model/', import.meta.url))

it('loads no native module before it is needed: sharp and ONNX Runtime are imported lazily, so that --help stays quick', () => {
  const eager = readdirSync(room).filter((file) =>
    /^import (?!type ).*from '(sharp|onnxruntime-node|@huggingface\/tokenizers)'/m.test(
      readFileSync(join(room, file), 'utf8'),
    ),
  )
  expect(eager).toEqual([])
})

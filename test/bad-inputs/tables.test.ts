import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect } from 'vitest'
import { badInput, badInputs } from './bad-input.js'
import { refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'
import { addsUp, DECISIONS, isRefused, JSONL, LABELS, ROWS, textAudit, valuesOf } from './text-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

const { folder, file, audit } = textAudit()
const labels = (content: string | Uint8Array, name = 'bad.csv') => ({ labels: file(name, content) })
const jsonl = (content: string | Uint8Array) => ({ dataset: 'jsonl', ...labels(content, 'bad.jsonl') })
const decisions = (content: string | Uint8Array, name = 'bad-decisions.csv') => ({ fromDecisions: [file(name, content)] }) // prettier-ignore
const withRow = (row: string): string => `${LABELS}${row}\n`
const inPlaceOf = (text: string, other: string): string => LABELS.replace(text, other)

const hangul = Buffer.from([0xc8, 0xab, 0xb1, 0xe6, 0xb5, 0xbf]) // 홍길동 in CP949
const kana = Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]) // テスト in Shift-JIS
const marked = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')
const inserted = (text: string, bytes: Uint8Array): Buffer => {
  const at = text.indexOf('i3.jpg')
  return Buffer.concat([Buffer.from(text.slice(0, at)), bytes, Buffer.from(text.slice(at))])
}
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
const WHOLE = [['Black', ROWS / 2], ['White', ROWS / 2]] // prettier-ignore

describe('tables as other systems write them', () => {
  badInputs(
    33,
    [
      ['a CSV with a byte-order mark', labels(`\ufeff${LABELS}`)],
      ['a CSV with Windows line ends', labels(LABELS.replaceAll('\n', '\r\n'), 'crlf.csv')],
      ['JSON lines with a byte-order mark and Windows line ends', jsonl(`\ufeff${JSONL.replaceAll('\n', '\r\n')}`)],
      ['decisions with a byte-order mark', decisions(`\ufeff${DECISIONS}`)],
    ],
    async (flags) => {
      const result = await audit(flags)
      addsUp(result, ROWS)
      expect(valuesOf(result, 'race')).toEqual(WHOLE)
    },
  )

  badInputs(
    37,
    [
      ['a CSV in UTF-16 with its mark', labels(marked(LABELS), 'le.csv')],
      ['a CSV in UTF-16 of the other byte order', labels(marked(LABELS).swap16(), 'be.csv')],
      ['JSON lines in UTF-16 with its mark', { dataset: 'jsonl', ...labels(marked(JSONL), 'le.jsonl') }],
    ],
    async (flags) => addsUp(await audit(flags), ROWS),
  )

  badInputs(
    37,
    [
      [
        'a CSV in CP949, told by its Hangul',
        hangul,
        /bad\.csv:5: encoding: .*Korean in the encoding CP949.*--encoding/,
      ],
      ['a CSV in Shift-JIS', kana, /bad\.csv:5: encoding: .*bytes that are not UTF-8\. .*--encoding/],
      [
        'a CSV in Latin-1',
        Buffer.from('é', 'latin1'),
        /bad\.csv:5: encoding: .*encoding Windows-1252\)\. .*--encoding windows-1252/,
      ],
      ['a CSV with one bad byte in the middle', Uint8Array.of(0xff), /bad\.csv:5: encoding: .*not UTF-8\. /],
    ],
    (bytes, message) => isRefused(() => audit(labels(inserted(LABELS, bytes))), 'file.encoding', message),
  )

  badInput(37, 'JSON lines in CP949', () =>
    isRefused(() => audit(jsonl(inserted(JSONL, hangul))), 'file.encoding', /bad\.jsonl:4: .*CP949/),
  )
  badInput(37, 'decisions in CP949', () =>
    isRefused(() => audit(decisions(inserted(DECISIONS, hangul))), 'file.encoding', /bad-decisions\.csv:5: .*CP949/),
  )
  badInput(37, 'a CSV in UTF-16 without its mark', () =>
    isRefused(() => audit(labels(Buffer.from(LABELS, 'utf16le'))), 'file.encoding', /NUL characters, as in UTF-16/),
  )
  badInput(37, 'a CSV in CP949 that is named as such', async () => {
    const result = await audit({ ...labels(inserted(LABELS, hangul)), encoding: 'cp949', fromDecisions: [file('ko.csv', DECISIONS.replace('i3.jpg', '홍길동i3.jpg'))] }) // prettier-ignore
    addsUp(result, ROWS)
  })
})

describe('tables that are broken', () => {
  badInputs(
    34,
    [
      [
        'line ends of two kinds',
        LABELS.replace('\n', '\r\n'),
        'table.line-ends',
        /bad\.csv:2: .*CRLF but received .*LF/,
      ],
      ['line ends of old Macs', LABELS.replaceAll('\n', '\r'), 'table.line-ends', /bad\.csv:1: .*CR/],
      ['a quote that is never closed', inPlaceOf('i3.jpg', '"i3.jpg'), 'table.quote', /bad\.csv:5: .*never closed/],
      [
        'a quote inside a field',
        inPlaceOf('i3.jpg', 'i"3".jpg'),
        'table.row',
        /bad\.csv:5: .*a quote in another place/,
      ],
      ['a row that is too short', inPlaceOf('i3.jpg,White', 'i3.jpg'), 'table.row', /bad\.csv:5: .*2 fields/],
      ['a row that is too long', inPlaceOf('i3.jpg', 'i3.jpg,x'), 'table.row', /bad\.csv:5: .*4 fields/],
      ['a blank line', inPlaceOf('i3.jpg', '\ni3.jpg'), 'table.row', /bad\.csv:5: .*a blank line/],
      [
        'a header with one name twice',
        inPlaceOf('race,gender', 'race,race'),
        'table.header',
        /bad\.csv:1: .*"race" twice/,
      ],
      ['a header that is cut', inPlaceOf('race,gender', 'race'), 'table.row', /bad\.csv:2: .*3 fields/],
      ['semicolons for commas', LABELS.replaceAll(',', ';'), 'table.header', /bad\.csv:1: .*--delimiter/],
      ['a file that ends in the middle of a row', LABELS.slice(0, -10), 'table.row', /bad\.csv:61: /],
    ],
    (content, code, message) => isRefused(() => audit(labels(content)), code, message),
  )

  badInput(34, 'a header whose name differs in its Unicode form alone', () =>
    isRefused(
      () => audit({ ...labels(inPlaceOf('race', 'rac\u0065\u0301')), map: ['image=file', 'race=rac\u00e9'] }),
      'dataset.map',
      /another Unicode form\? Copy the name/,
    ),
  )
  badInput(34, 'a header whose name has a space at its end', () =>
    isRefused(() => audit(labels(inPlaceOf('race', 'race '))), 'dataset.map', /Did you mean "race "/),
  )
  badInput(
    34,
    'a header with names that differ in case, spaces and Unicode form: the mapped one is taken',
    async () => {
      const others = LABELS.replace('race,gender', 'race,gender,Race,race ,caf\u00e9,cafe\u0301').replaceAll(/(\.jpg.*)/g, '$1,a,b,c,d') // prettier-ignore
      expect(valuesOf(await audit(labels(others)), 'race')).toEqual(WHOLE)
    },
  )

  badInputs(
    35,
    [
      ['only a byte-order mark', '\ufeff', 'table.empty', /0 rows/],
      ['only line ends', '\n\n\n', 'dataset.map', /columns ""/],
      ['a header without a line end', 'file,race,gender', 'table.empty', /0 rows/],
    ],
    (content, code, message) => isRefused(() => audit(labels(content)), code, message),
  )

  badInput(36, 'a field of 2 MB', () =>
    isRefused(() => audit(labels(inPlaceOf('i3.jpg', 'x'.repeat(2e6)))), 'table.row', /bad\.csv:5: .*1048576 bytes/),
  )
  badInput(36, 'a line of 2 MB in JSON lines', () =>
    isRefused(() => audit(jsonl(`${JSONL}{"file":"${'x'.repeat(2e6)}"}\n`)), 'table.row', /bad\.jsonl:61: /),
  )
  badInput(36, 'a header of 10,000 columns', async () => {
    const wide = LABELS.trimEnd().split('\n').map((line, row) => `${line},${Array.from({ length: 10_000 }, (_, column) => (row === 0 ? `c${column}` : '1')).join(',')}\n`) // prettier-ignore
    addsUp(await audit(labels(wide.join(''))), ROWS)
  })
})

describe('JSON lines that are broken', () => {
  badInputs(
    34,
    [
      ['a key that comes twice', '{"file":"z","race":"White","race":"Black","gender":"Male"}', /"race" twice/],
      ['a list', '["z","White","Male"]', /one JSON object per line/],
      ['a number that is none', '{"file":"z","race":NaN,"gender":"Male"}', /one JSON object per line/],
      ['a number too large to be one', '{"file":"z","race":1e999,"gender":"Male"}', /"race": .*held exactly/],
      [
        'an id too long for a number',
        '{"file":12345678901234567890,"race":"White","gender":"Male"}',
        /"file": .*in quotes/,
      ],
      ['a value that is nested', '{"file":"z","race":["White"],"gender":"Male"}', /"race": .*text/],
      ['100,000 levels', `{"file":"z","race":${nested(1e5)},"gender":"Male"}`, /at most 64 nested levels/],
      [
        '100,000 levels in a key that nobody asks for',
        `{"file":"z","race":"White","gender":"Male","x":${nested(1e5)}}`,
        /at most 64 nested levels/,
      ],
      ['NUL characters, as after a crash', '\0\0\0\0\0\0', /one JSON object per line/],
      ['a line that was cut', '{"file":"z","race":"Wh', /one JSON object per line/],
    ],
    (line, message) => isRefused(() => audit(jsonl(`${JSONL}${line}\n`)), 'table.row', message),
  )

  badInput(34, 'decisions of 100,000 levels', () => {
    const line = `{"image":"i0.jpg","labelSet":"mine","label":${nested(1e5)}}\n`
    return isRefused(() => audit(decisions(line, 'deep.jsonl')), 'table.row', /deep\.jsonl:1: .*64 nested levels/)
  })
})

describe('rows that contradict each other', () => {
  badInput(27, 'a row that is there twice is quarantined once', async () => {
    const result = await audit(labels(withRow('i3.jpg,White,Female')))
    addsUp(result, ROWS + 1)
    expect(result.facts.dataset.rows.quarantined).toBe(1)
    expect(result.facts.dataset.cells.flatMap(({ quarantined }) => quarantined)).toEqual([['row.duplicate', 1]])
  })
  badInput(28, 'one image with two races', () =>
    isRefused(() => audit(labels(withRow('i3.jpg,Black,Female'))), 'row.conflict', /bad\.csv:62: race: .*line 5/),
  )
  badInput(28, 'one image in two Unicode forms with two races', () => {
    const twice = withRow('\u00e9.jpg,White,Male\ne\u0301.jpg,Black,Male')
    return isRefused(() => audit(labels(twice)), 'row.conflict', /bad\.csv:63: race: /)
  })
  badInputs(
    28,
    [
      ['two decisions on one image', 'i3.jpg,mine,b', /bad-decisions\.csv:62: image: .*after line 5/],
      ['a decision on an image that there is not', 'zzz.jpg,mine,b', /bad-decisions\.csv:62: image: .*label file/],
    ],
    (row, message) => isRefused(() => audit(decisions(`${DECISIONS}${row}\n`)), 'decisions.row', message),
  )
})

describe('values of attributes', () => {
  const fairFace = (row: string) => ({ ...labels(`file,age,gender,race,service_test\n${row}\n`), dataset: 'fairface', map: [] }) // prettier-ignore
  badInputs(
    30,
    [
      ['a value with a typo', 'a.jpg,3-9,Male,Blak,True', /race: .*"Blak" \(1 row\)\. Did you mean "Black"/],
      ['a value with a space at its end', 'a.jpg,3-9,Male,Black ,True', /"Black " \(1 row\)\. Did you mean "Black"/],
      [
        'a value that commands a terminal',
        'a.jpg,3-9,Male,\u001b[31mBl\u202eack\u200b,True',
        /\\u001b\[31mBl\\u202eack\\u200b/,
      ],
    ],
    (row, message) => isRefused(() => audit(fairFace(row)), 'value.unlisted', message),
  )
  badInput(30, 'values that only look the same are kept apart, and that is said', async () => {
    const { facts } = await audit(labels(inPlaceOf('i3.jpg,White', 'i3.jpg,White ')))
    expect(facts.dataset.attributes.find(({ name }) => name === 'race')?.values).toContain('White ')
    expect(facts.dataset.warnings.map(([code]) => code)).toContain('value.look-alike')
  })

  badInput(31, 'empty cells are counted as unknown', async () => {
    const result = await audit(labels(LABELS.replaceAll(',White,', ',,')))
    addsUp(result, ROWS)
    expect(valuesOf(result, 'race')).toEqual([['Black', ROWS / 2], ['unknown', ROWS / 2]]) // prettier-ignore
  })

  badInput(32, 'groups called as what every object has', async () => {
    const named = LABELS.replaceAll(',White,', ',__proto__,').replaceAll(',Black,', ',constructor,').replaceAll(',Female', ',toString').replaceAll(',Male', ',hasOwnProperty') // prettier-ignore
    const result = await audit(labels(named))
    addsUp(result, ROWS)
    expect(valuesOf(result, 'race')).toEqual([['__proto__', ROWS / 2], ['constructor', ROWS / 2]]) // prettier-ignore
    expect(valuesOf(result, 'gender')).toEqual([['hasOwnProperty', ROWS / 2], ['toString', ROWS / 2]]) // prettier-ignore
  })
  badInput(32, 'columns called as what every object has', async () => {
    const columns = labels(LABELS.replace('race,gender', '__proto__,constructor'))
    const result = await audit({ ...columns, map: ['image=file', 'race=__proto__', 'gender=constructor'] })
    expect(valuesOf(result, 'race')).toEqual(WHOLE)
  })
  badInput(32, 'keys of JSON called as what every object has', async () => {
    const keys = jsonl(JSONL.replaceAll('"race"', '"__proto__"'))
    const result = await audit({ ...keys, map: ['image=file', 'race=__proto__', 'gender=gender'] })
    expect(valuesOf(result, 'race')).toEqual(WHOLE)
  })
  badInput(32, 'a key of JSON that every object has and no row', () =>
    isRefused(() => audit({ ...jsonl(JSONL), map: ['image=file', 'race=constructor'] }), 'table.column', /"constructor"/)) // prettier-ignore
  badInput(32, 'a label called as what every object has, which there is not', () =>
    isRefused(() => audit(decisions(DECISIONS.replace('i3.jpg,mine,a', 'i3.jpg,mine,constructor'))), 'decisions.row', /bad-decisions\.csv:5: label: .*"constructor"/)) // prettier-ignore

  badInput(38, 'an age of another table that Excel turned into a day', () => {
    const ages = LABELS.replaceAll(',White,', ',9-Mar,').replaceAll(',Black,', ',20-29,')
    return isRefused(() => audit(labels(ages)), 'value.excel', /bad\.csv:3: race: .*"9-Mar" \(30 rows\), which Excel/)
  })
  badInput(38, 'the same on a Korean system', () => {
    const ages = LABELS.replaceAll(',White,', ',03월 09일,').replaceAll(',Black,', ',20-29,')
    return isRefused(() => audit(labels(ages)), 'value.excel', /bad\.csv:3: /)
  })
  badInput(39, 'integers in place of the names of a known dataset', () =>
    isRefused(() => audit(fairFace('a.jpg,1,0,3,True')), 'fairface.damaged', /race: .*the integer "3"/),
  )
})

describe('paths that are no files', () => {
  execFileSync('mkfifo', [join(folder, 'pipe.csv')])
  badInputs(
    19,
    [
      ['a label file that is a folder', '/tmp'],
      ['a label file that is a pipe', 'pipe.csv'],
      ['a label file that never ends', '/dev/zero'],
      ['a label file of endless noise', '/dev/urandom'],
    ],
    (path) => isRefused(() => audit({ labels: join(folder, '/', path.startsWith('/') ? `..${'/..'.repeat(20)}${path}` : path) }), 'plan.invalid', /--labels: .*not a file/), // prettier-ignore
  )
  badInput(19, 'decisions that never end', () =>
    isRefused(() => audit({ fromDecisions: ['/dev/zero'] }), 'plan.invalid', /--from-decisions: .*not a file/),
  )
})

describe('label files on the command line', () => {
  badInput(34, 'a CSV with other columns', () => {
    const labels = small.file('wrong.csv', 'path,age,gender,race\nval/1.png,3-9,Male,Black\n')
    refused(small.audit('--labels', labels), /wrong\.csv:1: .*expected.*file.*received/, { lines: 2 })
  })

  badInput(34, 'a mapped column that the table lacks, with the nearest one', () => {
    const labels = small.file('mapped.csv', 'file,ethnicity\nval/1.png,Black\n')
    const args = small.audit('--dataset', 'csv', '--labels', labels, '--map', 'race=ethnicty')
    refused(args, /ethnicty.*did you mean "?ethnicity/i)
  })

  badInput(35, 'an empty CSV', () => {
    refused(small.audit('--labels', small.file('empty.csv', '')), /empty\.csv.*0 rows|empty\.csv.*received/)
  })

  badInput(35, 'a CSV with only a header', () => {
    const labels = small.file('header.csv', 'file,age,gender,race,service_test\n')
    refused(small.audit('--labels', labels), /header\.csv.*0 rows/)
  })

  badInput(38, 'ages that Excel turned into dates', () => {
    const labels = small.file('excel.csv', 'file,age,gender,race,service_test\nval/1.png,9-Mar,Male,Black,True\n')
    refused(small.audit('--labels', labels), /Excel/)
  })
})

import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../../src/audit/dataset/read-dataset.js'
import { fairFacePlan, refusal, testFolder, write } from '../helpers.js'

const folder = testFolder()
const refused = async (row: string, unknownValues: 'refuse' | 'keep' = 'refuse'): Promise<string> => {
  const labels = write(folder, `file,age,gender,race\nval/0.jpg,20-29,Male,White\n${row}\n`)
  return (await refusal(readDataset(fairFacePlan(labels, { unknownValues })))).message.replaceAll(labels, 'F')
}

describe('a FairFace file that was damaged', () => {
  it.each(['9-Mar', '03-Sep', 'Oct-19', '19-Oct', '9월 3일', '10월19일', '2024-09-03', '2024-09-03 00:00:00', '43711'])(
    'names Excel when an age is %j',
    async (age) =>
      expect(await refused(`val/1.jpg,${age},Male,White`)).toContain(`F:3: age: expected ages as FairFace`),
  )

  it('says what to do, and does not repair', async () =>
    expect(await refused('val/1.jpg,9-Mar,Male,White')).toBe(
      'F:3: age: expected ages as FairFace writes them, such as "3-9" and "10-19" but received "9-Mar" (1 row), ' +
        'dates that Excel makes of them. Get the original file again; it was opened and saved in Excel, and is not repaired here',
    ))

  it('is refused also when unknown values are kept', async () =>
    expect(await refused('val/1.jpg,9-Mar,Male,White', 'keep')).toContain('Excel'))

  it.each([
    ['val/1.jpg,3,Male,White', 'age'],
    ['val/1.jpg,0-2,0,White', 'gender'],
    ['val/1.jpg,0-2,Male,-1', 'race'],
  ])('is refused with integers in place of names: %s', async (row, name) =>
    expect(await refused(row, 'keep')).toContain(`F:3: ${name}: expected names such as`),
  )
})

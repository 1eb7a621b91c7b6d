import { beforeAll, describe } from 'vitest'
import { badInput } from './bad-input.js'
import { refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

describe('label files', () => {
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

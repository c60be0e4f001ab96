import { readdir, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { StoreFault } from '../../src/store/fault.ts'
import { prepareFolder } from '../../src/store/folder.ts'
import { temporaryFolder } from './samples.ts'

it.each([
  ['NFS', 0x6969],
  ['SMB', 0x517b],
  ['SMB', 0xff534d42],
  ['SMB', 0xff534d42 | 0],
])('a folder on %s is refused and left empty (type %i)', async (name, type) => {
  await using folder = await temporaryFolder()
  const prepared = prepareFolder(folder.path, () => Promise.resolve(type))
  await expect(prepared).rejects.toThrow(StoreFault)
  await expect(prepared).rejects.toThrow(`network file system (${name})`)
  expect(await readdir(folder.path)).toEqual([])
})

it('a folder that cannot be made is a fault that says why', async () => {
  await using folder = await temporaryFolder()
  await writeFile(`${folder.path}/file`, '')
  const prepared = prepareFolder(`${folder.path}/file/store`)
  await expect(prepared).rejects.toThrow(StoreFault)
  await expect(prepared).rejects.toThrow(/cannot be written \(ENOTDIR/)
})

it('a folder on a local disk is taken', async () => {
  await using folder = await temporaryFolder()
  const ext4 = 0xef53
  const file = await prepareFolder(folder.path, () => Promise.resolve(ext4))
  expect(file).toBe(`${folder.path}/lifeguard.db`)
})

import { chmod, mkdir, open, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreFault } from './fault.ts'

/** `f_type` of network file systems (statfs(2)): SQLite's WAL needs memory shared on one machine. */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
])

type FileSystemType = (folder: string) => Promise<number>

const typeByStatfs: FileSystemType = async (folder) => (await statfs(folder)).type

/** Where the database lies in the folder. */
export function databaseIn(folder: string): string {
  return join(folder, 'lifeguard.db')
}

/** Makes the folder (0700) and the database file (0600) when missing, and answers the file's path. */
export async function prepareFolder(
  folder: string,
  fileSystemType = typeByStatfs,
): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await refuseNetwork(folder, fileSystemType)
    return await prepareFile(databaseIn(folder))
  } catch (error) {
    if (error instanceof StoreFault) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreFault(
      `The folder ${folder} cannot be written (${why}). Let the user that Lifeguard runs as write ` +
        'there, or choose another folder.',
    )
  }
}

async function prepareFile(file: string): Promise<string> {
  // SQLite gives its WAL and shared-memory files the mode of the database file.
  const handle = await open(file, 'a', 0o600)
  await handle.close()
  await chmod(file, 0o600)
  return file
}

async function refuseNetwork(folder: string, fileSystemType: FileSystemType): Promise<void> {
  // Some systems report the type as a signed 32-bit number.
  const network = NETWORK_TYPES.get((await fileSystemType(folder)) >>> 0)
  if (!network) return
  throw new StoreFault(
    `The folder ${folder} lies on a network file system (${network}), where the store could lose ` +
      'entries. Choose a folder on a local disk.',
  )
}

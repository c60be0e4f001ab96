import { readdir, readFile } from 'node:fs/promises'

const folder = new URL('static/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

export interface StaticFile {
  readonly type: string
  read(): Promise<Buffer>
}

/** Every file of the page by its path. The list is made once, so no request can name another file. */
export async function staticFiles(): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>()
  for (const name of await readdir(folder)) {
    const type = types[name.slice(name.lastIndexOf('.') + 1)]
    if (type === undefined) continue
    const read = () => readFile(new URL(name, folder))
    files.set(name === 'index.html' ? '/' : `/${name}`, { type, read })
  }
  return files
}

import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, YAMLParseError } from 'yaml'
import type { z } from 'zod'
import type { Fault } from '../core/faults.ts'

type Path = readonly PropertyKey[]

/** A YAML text as a value that remembers its lines. */
export interface YamlText {
  readonly value: unknown
  readonly faults: readonly Fault[]
  /** `lifeguard.yml:12`: the line of the member, or of the last parent that is there. */
  where(path: Path): string
}

export function readYaml(file: string, text: string): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const faults = [...document.errors.map(syntaxMistake), ...aliasesIn(document)].map(
    ({ offset, sentence }) => ({ where: `${file}:${lineAt(offset)}`, sentence }),
  )
  return {
    value: faults.length > 0 ? undefined : document.toJS(),
    faults,
    where: (path) => `${file}:${lineAt(offsetOf(document, path))}`,
  }
}

/** What a schema says about a document, each with its line. An issue is a sentence per unknown key. */
export function faultsOf(yaml: YamlText, issues: readonly z.core.$ZodIssue[]): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [faultOf(yaml, issue)]
    const sentences = issue.message.split('\n')
    return issue.keys.map((key, index) => ({
      where: yaml.where([...issue.path, key]),
      sentence: sentences[index] ?? issue.message,
    }))
  })
}

function faultOf(yaml: YamlText, issue: z.core.$ZodIssue): Fault {
  const missing = memberAt(yaml.value, issue.path) === undefined
  const what = issue.path.length === 0 ? 'This file' : nameOf(issue.path)
  const says = (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message
  return {
    where: yaml.where(issue.path),
    sentence: missing ? `${what} is missing. ${says}` : `${what}: ${says}`,
  }
}

function memberAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  )
}

function nameOf(path: Path): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`,
    )
    .join('')
}

function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      offset = startOf(pair?.key) ?? offset
      node = pair?.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      offset = startOf(node) ?? offset
    } else break
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

interface Mistake {
  readonly offset: number
  readonly sentence: string
}

function syntaxMistake({ code, message, pos: [offset] }: YAMLParseError): Mistake {
  if (code === 'DUPLICATE_KEY')
    return { offset, sentence: 'This name stands here twice. Keep one of the two.' }
  if (code === 'TAB_AS_INDENT')
    return { offset, sentence: 'YAML is indented with spaces. Replace the tab.' }
  const sentence = `This is not valid YAML: ${message.replace(/\.?$/, '.')} Check the indentation and quotes.`
  return { offset, sentence }
}

/** A rule that is written out can be reviewed where it stands. */
function aliasesIn(document: Document): readonly Mistake[] {
  const found: Mistake[] = []
  visit(document, {
    Alias(_key, { source, range }) {
      found.push({
        offset: range?.[0] ?? 0,
        sentence: `Write out what *${source} stands for: aliases are not read here.`,
      })
    },
  })
  return found
}

import { isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'
import type { Json } from '../../core/canonical.ts'

/** What a text holds, or the sentence that says why it cannot be read. */
type Written = { readonly value: Json; readonly fault?: undefined } | { readonly fault: string }

/** Faults that people make, in better words than the library's. */
const WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this member is there twice. Keep one.',
  TAB_AS_INDENT: 'indent with spaces, not with tabs.',
  RESOURCE_EXHAUSTION: 'it is nested too deep.',
  MULTIPLE_DOCS: 'write everything in one document, without ---.',
}

/** Reads YAML or JSON. Aliases are not taken: they can blow a text up. */
export function readWritten(text: string): Written {
  const lines = new LineCounter()
  const at = (offset: number) => `Line ${lines.linePos(offset).line} cannot be read`
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
    const [wrong] = [...document.errors, ...document.warnings]
    if (wrong) return { fault: `${at(wrong.pos[0])}: ${WORDS[wrong.code] ?? `${wrong.message}.`}` }
    const odd = oddIn(document)
    return odd ? { fault: `${at(odd.offset)}: ${odd.why}` } : { value: document.toJS() as Json }
  } catch (error) {
    if (error instanceof RangeError) return { fault: 'The settings are nested too deep.' }
    throw error
  }
}

interface Odd {
  readonly offset: number
  readonly why: string
}

/** The first thing in it that is YAML and no JSON. */
function oddIn(document: Document.Parsed): Odd | undefined {
  let found: Odd | undefined
  const note = (node: unknown, why: string) => {
    found = { offset: (isNode(node) ? node.range?.[0] : undefined) ?? 0, why }
    return visit.BREAK
  }
  visit(document, {
    Alias: (_key, node) => note(node, 'anchors and aliases are not taken. Write the value out.'),
    Pair: (_key, { key }) =>
      isScalar(key) ? undefined : note(key, 'the name of a member is a word.'),
  })
  return found
}

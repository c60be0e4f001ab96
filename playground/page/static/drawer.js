import { append, el, fill } from './dom.js'
import { nameOf } from './names.js'
import { act, record } from './server.js'

const titles = {
  deliveries: 'Sent to the bot',
  calls: 'Slack Web API',
  aws: 'Cognito calls',
  problems: 'Problems',
  log: 'Bot log',
  faults: 'Break something',
}

/** The bottom: everything that goes over the wires, and buttons that make it go wrong. */
export function createDrawer(root, page) {
  const bar = el('div', { class: 'drawer-bar' })
  const sheet = el('div', { class: 'drawer-sheet', tabindex: '0', hidden: true })
  fill(root, bar, sheet)
  let open
  let shownAs = ''
  let picture
  const expanded = new Map()

  const draw = () => {
    const counts = countsOf(picture)
    fill(
      bar,
      el('strong', {}, 'What Slack sees'),
      Object.entries(titles).map(([id, title]) =>
        el(
          'button',
          {
            type: 'button',
            class: `drawer-tab ${id === 'problems' && counts.problems > 0 ? 'bad' : ''}`,
            'aria-expanded': String(open === id),
            'data-drawer': id,
            onclick: () => {
              open = open === id ? undefined : id
              shownAs = ''
              document.body.classList.toggle('drawer-open', open !== undefined)
              draw()
            },
          },
          title,
          counts[id] === undefined ? null : el('span', { class: 'count' }, String(counts[id])),
        ),
      ),
    )
    sheet.hidden = open === undefined
    if (open === undefined) return
    const key = JSON.stringify([open, rowsOf(picture, open), [...expanded]])
    if (key === shownAs) return
    shownAs = key
    fill(sheet, sheets[open]())
  }

  const sheets = {
    deliveries: () =>
      grid(
        ['Time', 'What', 'About', 'Who', 'Acknowledged', ''],
        picture.drawer.deliveries.toReversed().map((one) => ({
          id: `delivery ${one.id}`,
          query: { delivery: one.id },
          cells: [
            time(one.at),
            one.kind,
            one.about,
            one.user ? nameOf('user', one.user) : '',
            one.ms === null ? '—' : `${Math.round(one.ms)} ms`,
            pill(one.state, one.state === 'acknowledged'),
          ],
        })),
      ),
    calls: () =>
      grid(
        ['Time', 'Method', 'Took', 'Answer', 'Validator', ''],
        picture.drawer.calls.toReversed().map((one) => ({
          id: `call ${one.place}`,
          query: { call: one.place },
          cells: [
            time(one.at),
            one.method,
            `${Math.round(one.ms)} ms`,
            pill(one.ok ? 'ok' : (one.error ?? 'failed'), one.ok),
            one.faults.length === 0 ? '' : one.faults.map((fault) => fault.message).join('; '),
            one.injected ? pill(`on purpose: ${one.injected}`, false) : '',
          ],
        })),
      ),
    aws: () =>
      grid(
        ['Time', 'Operation', 'Took', 'Answer', 'Took effect', 'Request id', ''],
        picture.drawer.aws.toReversed().map((one) => ({
          id: one.requestId,
          cells: [
            time(one.at),
            one.operation,
            `${Math.round(one.ms)} ms`,
            pill(one.answer, one.ok),
            one.committed ? 'yes' : 'no',
            one.requestId,
            one.fault ? pill(`on purpose: ${one.fault}`, false) : '',
          ],
        })),
      ),
    problems: () =>
      picture.drawer.problems.length === 0
        ? el('p', { class: 'empty' }, 'Nothing that Slack would refuse so far.')
        : el(
            'ol',
            { class: 'problems' },
            picture.drawer.problems.map((one) => el('li', {}, one)),
          ),
    log: () => el('pre', { class: 'log' }, picture.bot.log.join('\n')),
    faults: () => faultSheet(),
  }

  const grid = (heads, rows) =>
    el(
      'table',
      { class: 'wires' },
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          heads.map((head) => el('th', {}, head)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.flatMap((row) => wireRow(row, heads.length)),
      ),
    )
  const wireRow = (row, width) => {
    const toggle = async () => {
      if (!row.query) return
      if (expanded.has(row.id)) expanded.delete(row.id)
      else expanded.set(row.id, JSON.stringify(await record(row.query), null, 2))
      draw()
    }
    const whole = expanded.get(row.id)
    const button = (cell) =>
      row.query
        ? el(
            'button',
            { type: 'button', class: 'plain', 'aria-expanded': String(!!whole), onclick: toggle },
            cell,
          )
        : cell
    const line = el(
      'tr',
      {},
      row.cells.map((cell, index) => el('td', {}, index === 1 ? button(cell) : cell)),
    )
    return whole
      ? [
          line,
          el('tr', {}, el('td', { class: 'whole', colspan: String(width) }, el('pre', {}, whole))),
        ]
      : [line]
  }

  const faultSheet = () => {
    const groups = Map.groupBy(picture.faults, (fault) => fault.where)
    const sheet = el('div', { class: 'fault-groups' })
    for (const [where, faults] of groups)
      append(sheet, [
        el(
          'section',
          {},
          el('h3', {}, where),
          faults.map((fault) =>
            faultButton(fault.label, fault.says, fault.id, async () => {
              await act({ act: 'fault', fault: fault.id })
              page.say(fault.at === 'now' ? `Done: ${fault.label}` : `Armed: ${fault.label}`)
            }),
          ),
        ),
      ])
    append(sheet, [
      el(
        'section',
        {},
        el('h3', {}, 'The bot itself'),
        faultButton(
          'kill -9 and restart',
          'What was accepted survives; what was cut short is called unknown.',
          'restart',
          () => order('restart'),
        ),
        faultButton('kill -9', 'Slack finds nobody at home.', 'kill', () => order('kill')),
        faultButton('Start', 'Starts it again with the same data.', 'start', () => order('start')),
      ),
    ])
    return sheet
  }
  const faultButton = (label, says, id, run) =>
    el(
      'div',
      { class: 'fault' },
      el(
        'button',
        { type: 'button', 'data-fault': id, onclick: () => run().catch(page.say) },
        label,
      ),
      el('span', {}, says),
    )

  return (now) => {
    picture = now
    draw()
  }
}

const order = (what) => act({ act: 'bot', order: what })

const countsOf = (picture) => ({
  deliveries: picture.drawer.deliveries.length,
  calls: picture.drawer.calls.length,
  aws: picture.drawer.aws.length,
  problems: picture.drawer.problems.length,
})

const rowsOf = (picture, open) =>
  open === 'log' ? picture.bot.log : open === 'faults' ? picture.faults : picture.drawer[open]

const pill = (text, good) => el('span', { class: `pill ${good ? 'good' : 'bad'}` }, text)

const time = (ms) => new Date(ms).toLocaleTimeString([], { hour12: false })

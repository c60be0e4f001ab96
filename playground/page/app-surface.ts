import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { manifestPath } from '../world.ts'

const manifest = z.object({
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).optional(),
    slash_commands: z
      .array(
        z.object({
          command: z.string(),
          description: z.string().default(''),
          usage_hint: z.string().default(''),
        }),
      )
      .default([]),
  }),
})

/** What Slack's client knows about the app: its commands, and whether it has a home. */
export interface AppSurface {
  readonly commands: z.infer<typeof manifest>['features']['slash_commands']
  readonly hasHome: boolean
}

export async function appSurface(path = manifestPath): Promise<AppSurface> {
  const { features } = manifest.parse(parse(await readFile(path, 'utf8')))
  return {
    commands: features.slash_commands,
    hasHome: features.app_home?.home_tab_enabled ?? false,
  }
}

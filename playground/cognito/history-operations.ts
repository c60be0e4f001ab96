import { hasThreatProtection } from './auth-events.ts'
import type { AuthEvent } from './auth-events.ts'
import type { Input } from './constraints.ts'
import { epochSeconds } from './json.ts'
import type { JsonObject } from './json.ts'
import { userOf } from './names.ts'
import { page } from './pages.ts'
import { ServiceError } from './service-error.ts'
import { poolOf } from './state.ts'
import type { Call } from './state.ts'
import type { Device } from './user.ts'

/** Oldest first: AWS promises no order, so nobody may rely on one. */
export function adminListUserAuthEvents(
  input: Input<'AdminListUserAuthEvents'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (!hasThreatProtection(pool))
    throw new ServiceError(
      'UserPoolAddOnNotEnabledException',
      'User pool add-ons are not enabled for this user pool.',
    )
  const { NextToken: token, ...parameters } = input
  const request = {
    operation: 'AdminListUserAuthEvents',
    parameters,
    token,
    limit: input.MaxResults,
  }
  const found = page(call, request, (seq) => user.events.filter((event) => event.seq > seq))
  return {
    AuthEvents: found.items.map(eventAnswer),
    ...(found.token && { NextToken: found.token }),
  }
}

const eventAnswer = ({ id, type, at, response, origin }: AuthEvent): JsonObject => ({
  EventId: id,
  EventType: type,
  CreationDate: epochSeconds(at),
  EventResponse: response,
  EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
  ...(type === 'SignIn' && {
    ChallengeResponses: [
      { ChallengeName: 'Password', ChallengeResponse: response === 'Fail' ? 'Failure' : 'Success' },
    ],
  }),
  EventContextData: {
    IpAddress: origin.ip,
    DeviceName: origin.device,
    ...(origin.city !== undefined && { City: origin.city }),
    Country: origin.country,
  },
})

export function adminListDevices(input: Input<'AdminListDevices'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (pool.settings.DeviceConfiguration === undefined)
    throw new ServiceError(
      'InvalidUserPoolConfigurationException',
      'Device tracking is not configured for this user pool.',
    )
  const { PaginationToken: token, ...parameters } = input
  const request = { operation: 'AdminListDevices', parameters, token, limit: input.Limit }
  const found = page(call, request, (seq) => user.devices.filter((device) => device.seq > seq))
  return {
    Devices: found.items.map(deviceAnswer),
    ...(found.token && { PaginationToken: found.token }),
  }
}

const deviceAnswer = (device: Device): JsonObject => ({
  DeviceKey: device.key,
  DeviceAttributes: [
    { Name: 'device_status', Value: 'valid' },
    { Name: 'device_name', Value: device.name },
    { Name: 'last_ip_used', Value: device.ip },
  ],
  DeviceCreateDate: epochSeconds(device.createdAt),
  DeviceLastModifiedDate: epochSeconds(device.usedAt),
  DeviceLastAuthenticatedDate: epochSeconds(device.usedAt),
})

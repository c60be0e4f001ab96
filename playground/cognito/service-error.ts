/** An answer that is a refusal: `type` is the modelled error name, `message` what AWS would say. */
export class ServiceError extends Error {
  readonly type: string
  readonly status: number

  constructor(type: string, message: string, status = 400) {
    super(message)
    this.type = type
    this.status = status
  }
}

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message)

export const notAuthorized = (message: string): ServiceError =>
  new ServiceError('NotAuthorizedException', message)

export const notFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message)

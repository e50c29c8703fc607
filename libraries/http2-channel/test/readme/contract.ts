// The service of the README's program. A project of its own exports its generated client here.
export { ServerStream } from 'proto';

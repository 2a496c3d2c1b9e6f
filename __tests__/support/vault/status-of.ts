import { ServerRefusal } from '../../../client/server-refusal';

/** Status that a server answered a request with; whatever else goes wrong is thrown. */
export async function statusOf(request: Promise<unknown>): Promise<number> {
  try {
    await request;
    return 200;
  } catch (error) {
    if (error instanceof ServerRefusal) return error.status;
    throw error;
  }
}

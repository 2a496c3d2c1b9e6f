import type { PlacedModel } from '../../access/report/entry';
import type { LoadedAccess } from './loaded-access';

/** The models of a place, with the lines of its inventory. */
export const placedModels = ({ models, lines }: LoadedAccess): readonly PlacedModel[] =>
  models.map((model) => ({ model, ...(lines && { places: lines }) }));

import { describeMoves } from '../support/specifications/moves';

describe('on OpenBao', () => describeMoves('openbao'));

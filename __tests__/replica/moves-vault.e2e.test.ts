import { describeMoves } from '../support/specifications/moves';

describe('on Vault', () => describeMoves('vault'));

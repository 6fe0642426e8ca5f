import {
  type Account,
  type AccountStore,
  type CreateTokenData,
  type DeviceData,
  type DeviceStore,
  InvalidRequestError,
  type LexiconStore,
  type RequestData,
  type RequestStore,
  type TokenInfo,
  type TokenStore,
} from "@atproto/oauth-provider";

/** Somebody's account at the server. */
export interface AtprotoAccount {
  /** "robin.test": what they are called, and sign in by. */
  handle: string;
  password: string;
  email: string;
  isConfirmed: boolean;
  /** Where else their data are, as the directory says. Default: at this server. */
  dataServer?: string;
  /** Undefined where they have written no profile. */
  displayName?: string;
  /** Of their picture. */
  avatarCid?: string;
}

type KnownToken = { data: CreateTokenData; refreshToken: string | null; spent: Set<string> };

/**
 * What the authorization server keeps, in memory.
 * @param accounts by DID
 * @param audience for which its tokens are meant
 */
export function createAtprotoStore(accounts: Map<string, AtprotoAccount>, audience: string) {
  const devices = new Map<string, DeviceData>();
  const requests = new Map<string, RequestData>();
  const tokens = new Map<string, KnownToken>();

  const accountOf = (did: string): Account => {
    const known = accounts.get(did);
    if (known === undefined) throw new InvalidRequestError("Account not found");
    const { handle, email, isConfirmed } = known;
    return { sub: did, aud: audience, email, email_verified: isConfirmed, preferred_username: handle };
  };
  const tokenOf = (id: string): TokenInfo | null => {
    const known = tokens.get(id);
    if (known === undefined || !accounts.has(known.data.sub)) return null;
    const { data, refreshToken } = known;
    return { id, data, account: accountOf(data.sub), currentRefreshToken: refreshToken } as TokenInfo;
  };
  const findToken = (matches: (token: KnownToken) => boolean): TokenInfo | null => {
    const [id] = [...tokens].find(([, token]) => matches(token)) ?? [];
    return id === undefined ? null : tokenOf(id);
  };
  const refuse = () => Promise.reject(new InvalidRequestError("This server does that nowhere"));

  const accountStore: AccountStore = {
    createAccount: refuse,
    resetPasswordRequest: refuse,
    resetPasswordConfirm: refuse,
    verifyHandleAvailability: refuse,
    async authenticateAccount({ username, password }) {
      const found = [...accounts].find(([, account]) => account.handle === username && account.password === password);
      if (found === undefined) throw new InvalidRequestError("Invalid identifier or password");
      return accountOf(found[0]);
    },
    // Each sign-in asks for consent again, and no device is remembered.
    async setAuthorizedClient() {},
    async getAccount(did) {
      return { account: accountOf(did), authorizedClients: new Map() };
    },
    async upsertDeviceAccount() {},
    async getDeviceAccount() {
      return null;
    },
    async removeDeviceAccount() {},
    async listDeviceAccounts() {
      return [];
    },
  };

  const deviceStore: DeviceStore = {
    async createDevice(id, data) {
      devices.set(id, data);
    },
    async readDevice(id) {
      return devices.get(id) ?? null;
    },
    async updateDevice(id, changes) {
      const known = devices.get(id);
      if (known) devices.set(id, { ...known, ...changes });
    },
    async deleteDevice(id) {
      devices.delete(id);
    },
  };

  const requestStore: RequestStore = {
    async createRequest(id, data) {
      requests.set(id, data);
    },
    async readRequest(id) {
      return requests.get(id) ?? null;
    },
    async updateRequest(id, changes) {
      const known = requests.get(id);
      if (known) requests.set(id, { ...known, ...changes });
    },
    async deleteRequest(id) {
      requests.delete(id);
    },
    async consumeRequestCode(code) {
      const found = [...requests].find(([, data]) => data.code === code);
      if (found === undefined) return null;
      requests.delete(found[0]);
      return { requestId: found[0] as `urn:ietf:params:oauth:request_uri:${string}` & `req-${string}`, data: found[1] };
    },
  };

  const tokenStore: TokenStore = {
    async createToken(id, data, refreshToken) {
      tokens.set(id, { data, refreshToken: refreshToken ?? null, spent: new Set() });
    },
    async readToken(id) {
      return tokenOf(id);
    },
    async deleteToken(id) {
      tokens.delete(id);
    },
    async rotateToken(id, newId, refreshToken, changes) {
      const known = tokens.get(id);
      if (known === undefined) throw new InvalidRequestError("Unknown token");
      tokens.delete(id);
      const spent = known.refreshToken === null ? known.spent : new Set([...known.spent, known.refreshToken]);
      tokens.set(newId, { data: { ...known.data, ...changes }, refreshToken, spent });
    },
    async findTokenByRefreshToken(text) {
      return findToken(({ refreshToken, spent }) => refreshToken === text || spent.has(text));
    },
    async findTokenByCode(code) {
      return findToken(({ data }) => data.code === code);
    },
    async listAccountTokens(did) {
      return [...tokens.keys()]
        .map(tokenOf)
        .filter((token) => token !== null && token.account.sub === did) as TokenInfo[];
    },
  };

  const lexiconStore: LexiconStore = {
    async findLexicon() {
      return null;
    },
    async storeLexicon() {},
    async deleteLexicon() {},
  };

  return {
    ...{ ...accountStore, ...deviceStore, ...requestStore, ...tokenStore, ...lexiconStore },
    revokeAll: () => tokens.clear(),
  };
}

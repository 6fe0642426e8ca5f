/** Source: 000, PUT /v1/users/me/avatar; 5 MB means 5 * 1024 * 1024 bytes. */
export const avatarMaxBytes = 5 * 1024 * 1024;

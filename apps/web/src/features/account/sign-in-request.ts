import { signInInput } from "@parley/api/schema/account";

export { signIn } from "./sign-in";

export const schema = signInInput.extend({
  email: signInInput.shape.email.trim().min(1, "is needed"),
  password: signInInput.shape.password.min(1, "is needed"),
});

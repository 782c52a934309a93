import type { signInSettings as english } from "../en/sign-in-settings.ts"

/** A11: come si accede (views/tenant/sign-in.tsx). */
export const signInSettings: Record<keyof typeof english, string> = {
  "sign_in_settings.title": "Accesso",
  "sign_in_settings.standard": "Di norma: {value}.",
  "sign_in_settings.unit_characters": "caratteri",
  "sign_in_settings.unit_minutes": "minuti",
  "sign_in_settings.unit_hours": "ore",
  "sign_in_settings.passwords": "Password",
  "sign_in_settings.name.passwordCharacters": "Password più corta",
  "sign_in_settings.hint.passwordCharacters": "Dove la sola password apre la porta.",
  "sign_in_settings.name.passwordCharactersWithFactor": "Più corta con il secondo fattore",
  "sign_in_settings.hint.passwordCharactersWithFactor": "Per chi inserisce anche un codice.",
  "sign_in_settings.factors": "Secondo fattore",
  "sign_in_settings.factors_hint":
    "Un codice di un'app sul telefono, chiesto dopo la password. Con «Obbligatorio» lo si configura al prossimo accesso.",
  "sign_in_settings.factor_off": "No",
  "sign_in_settings.factor_optional": "Facoltativo",
  "sign_in_settings.factor_required": "Obbligatorio",
  "sign_in_settings.name.secondFactorAgent": "Agenti",
  "sign_in_settings.name.secondFactorSupervisor": "Supervisori",
  "sign_in_settings.name.secondFactorCampaignManager": "Responsabili campagne",
  "sign_in_settings.name.secondFactorTenantAdmin": "Amministratori dell'azienda",
  "sign_in_settings.name.secondFactorPlatformAdmin": "Amministratori della piattaforma",
  "sign_in_settings.sessions": "Sessioni",
  "sign_in_settings.name.sessionIdleMinutes": "Senza fare nulla",
  "sign_in_settings.hint.sessionIdleMinutes": "Dopo questo tempo la password viene chiesta di nuovo.",
  "sign_in_settings.name.sessionLifeHours": "Al massimo",
  "sign_in_settings.hint.sessionLifeHours": "Dopo questo tempo viene chiesta comunque.",
  "sign_in_settings.name.singleSession": "Una sola sessione per utente",
  "sign_in_settings.hint.singleSession": "Chi accede chiude le sessioni che ha altrove.",
  "sign_in_settings.networks": "Reti",
  "sign_in_settings.name.allowedNetworks": "Si accede da",
  "sign_in_settings.hint.allowedNetworks":
    "Indirizzi o reti, per esempio 10.0.0.0/8, separati da virgole. Vuoto: da ovunque. Il tuo indirizzo è {address}.",
  "sign_in_settings.confirm_networks": "Salva comunque: la mia sessione finisce subito e accedo solo da queste reti",
  "refused.networks.malformed": "Scrivi indirizzi o reti separati da virgole, per esempio 10.0.0.0/8, 192.0.2.7.",
  "refused.networks.without_you":
    "Il tuo indirizzo {address} non è nell'elenco: resteresti fuori. Aggiungilo, oppure conferma qui sotto.",
}

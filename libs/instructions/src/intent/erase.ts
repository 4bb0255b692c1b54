// Wishes to be erased in people's own words, over normalised text (no accents, no punctuation), and what looks like one and asks for the opposite.
import { ERASING, type ErasingWords } from './erasing.js';

/** Whoever asks that nothing be deleted must not lose it: an erasure cannot be taken back. */
const SPARED = new RegExp(
  [
    String.raw`\b(?:don t|dont|do not|does not|not|never|without) (?:\w+ )?(?:delet|eras|remov|wip|destroy|forget|purg|get rid|getting rid)\w*`,
    String.raw`\b(?:don t|dont|do not) want (?:\w+ ){0,6}(?:delet|eras|remov|wip|destroy|forget|forgotten)\w*`,
    String.raw`\bnicht (?:(?!mehr )\w+ )?(?:ge)?(?:loe?sch|entfern|vergess)\w*|\bnicht dass (?:\w+ ){0,5}(?:loe?sch|entfern)\w*|\b(?:loe?sch|entfern|vergess|vergiss)\w* (?:\w+ ){0,5}(?:nicht|keine\w*)\b|\bohne\b.{0,25}(?:loe?sch|entfern)\w*`,
    String.raw`\b(?:ne|n|sans) (?:\w+ )?(?:effac|supprim|oubli|retir|enlev)\w*|\bpas (?:que )(?:\w+ )?(?:effac|supprim)\w*`,
    String.raw`\b(?:no|sin) (?:me |los |las |se |os )?(?:borr|elimin|suprim|olvid|quit)\w*|\bno quiero que (?:\w+ )?(?:borr|elimin|suprim)\w*`,
    String.raw`\b(?:non|senza) (?:mi |li |le |vi )?(?:cancell|elimin|dimentic|rimuov)\w*|\bnon voglio che (?:\w+ )?(?:cancell|elimin|rimuov)\w*`,
    String.raw`\b(?:niet|nooit|zonder) (?:te )?(?:verwijder|wis)\w*|\b(?:verwijder|wis|vergeet)\w* (?:\w+ ){0,4}niet\b|\bniet dat (?:\w+ ){0,5}(?:verwijder|wis)\w*`,
    String.raw`\bnie (?:usuw|usun|skasuj|kasuj|wykasuj|wymaz|zapom)\w*|\bnie chce (?:\w+ ){1,5}(?:usun|usuw|skasow|wymaz)\w*|\bbez usuwania\b`,
    String.raw`\b(?:nao|sem) (?:me |os |as )?(?:apag|exclu|elimin|remov|esque)\w*|\bnao quero que (?:\w+ )?(?:apag|exclu|elimin|remov)\w*`,
  ].join('|'),
);

/** A question without its mark, a condition, what happened already, or a copy that is to come first: it may be a wish, and may be none. */
const DOUBTED = new RegExp(
  [
    String.raw`^(?:how|when|why|who|what|did|do|does|have|has|is|are|will|wie|wann|warum|wieso|wer|comment|quand|pourquoi|est ce que|como|cuando|quando|por que|perche|chi|hoe|wanneer|waarom|jak|kiedy|dlaczego|czy|quem)\b`,
    String.raw`\b(?:if|unless|before|wenn|falls|bevor|avant|antes|prima|voordat|jesli|jezeli|zanim|otherwise|sonst)\b`,
    String.raw`\b(?:send|give|show|mail|email|export|transfer) (?:me|my)\b|\b(?:schick|send|gib|geb)\w* (?:sie )?mir\b|\benvoyez moi\b|\b(?:mand|envi)\w*(?:me|nme|dme|mi)\b|\binvi\w*mi\b|\bstuur\w* (?:mij|me)\b|\b(?:wyslij|przeslij)\w*|\b(?:mand|envi)\w* me\b`,
    String.raw`\b(?:copy|kopie|copie|copia|kopi\w*)\b.{0,60}\b(?:then|dann|danach|puis|ensuite|luego|despues|poi|dopo|daarna|potem|depois)\b`,
    String.raw`\bi (?:will|ll|may|might)\b|\b(?:i|we|you|they) (?:have |ve |just |already |accidentally )*(?:deleted|erased|removed|wiped)\b|\b(?:was|were|has been|have been|already) (?:\w+ )?(?:deleted|erased|removed|wiped)\b`,
    String.raw`\b(?:ich hab\w*|ihr habt|habt ihr|haben sie|sie haben|wurden?|sind|ist)\b.{0,50}\b(?:geloe?scht|entfernt)\b`,
    String.raw`\b(?:j ai|ont ete|a ete|avez vous|vous avez) (?:\w+ )?(?:efface|supprime|retire)\w*`,
    String.raw`\b(?:he|ha|han|habeis|fue|fueron) (?:\w+ )?(?:borrad|eliminad|suprimid)\w*|\b(?:borraron|eliminaron)\b`,
    String.raw`\b(?:ho|ha|avete|hanno|stat[oi]) (?:\w+ )?(?:cancellat|eliminat|rimoss)\w*`,
    String.raw`\b(?:ik heb|heb je|hebben jullie|heeft u|is|zijn)\b.{0,40}\b(?:verwijderd|gewist)\b`,
    String.raw`\b(?:usun|skasowa|wymaza)(?:al|ela|la|iscie|eliscie|aliscie|ieto)\w*`,
    String.raw`\b(?:apaguei|apagaram|exclui|eliminei|eliminaram|removi|foram (?:apagad|eliminad|removid)\w*)\b`,
  ].join('|'),
); // prettier-ignore

/** What is deleted every day and is nobody's data as a whole. */
const ONE_THING =
  /\b(?:orders?|items?|photos?|pictures?|images?|message|comments?|reviews?|bookmarks?|appointments?|booking|invoices?|lists?|newsletters?|group|bestell\w*|auftrag|fotos?|bild\w*|nachricht|kommentar\w*|lesezeichen|termin\w*|rechnung\w*|buchung\w*|liste|verteiler|gruppe|commandes?|rendez vous|factures?|panier|favoris?|liste de|pedidos?|imagen|mensaje|marcador\w*|cita|carrito|listas?|ordin[ei]|immagin\w*|messaggio|segnalibr\w*|appuntament\w*|carrello|fattur[ae]|bestelling\w*|foto s|bericht|bladwijzer\w*|afspraak|winkelwagen|lijst|zamowien\w*|zdjeci\w*|wiadomosc|zakladk\w*|wizyt\w*|koszyk\w*|encomendas?|mensagem|consulta|carrinho)\b/;

const test = (pattern: string): ((said: string) => boolean) => {
  const expression = new RegExp(String.raw`\b(?:${pattern})\b`);
  return (said) => expression.test(said);
};

const LANGUAGES = ERASING.map(({ verb, whole, mine, me }: ErasingWords) => ({
  deletes: test(verb),
  whole: test(whole),
  mine: test(mine),
  me: test(me),
}));

/** @param said normalised */
export const speaksOfDeletion = (said: string): boolean =>
  LANGUAGES.some(({ deletes, me }) => deletes(said) || me(said));

/** Does it ask that all be deleted, or may it? @param said normalised, without polite words */
export function erasureIn(said: string): 'asked' | 'maybe' | null {
  if (SPARED.test(said)) return null;
  const named = LANGUAGES.some(({ deletes, whole, me }) => me(said) || (deletes(said) && whole(said)));
  if (named && !DOUBTED.test(said) && !ONE_THING.test(said)) return 'asked';
  return named || LANGUAGES.some(({ deletes, mine }) => deletes(said) && mine(said)) ? 'maybe' : null;
}

// Words of wishes to be erased, in eight languages: verbs of deletion, and what of a person is to go. Patterns over normalised text.

const r = String.raw;

export interface ErasingWords {
  readonly verb: string;
  /** All that is held, which together with a verb leaves no doubt; not what something is taken out of ("from my account"). */
  readonly whole: string;
  /** One's data, in whatever role: may be meant. */
  readonly mine: string;
  /** Verb and person in one: "forget me". */
  readonly me: string;
}

const EN: ErasingWords = {
  verb: r`delet(?:e|ed|es|ing|ion)|eras(?:e|ed|ing|ure)|remov(?:e|ed|ing|al)|wip(?:e|ed|ing)|destroy(?:ed|ing)?|purge[d]?|(?:get|getting) rid of|forget (?:about )?(?:everything|all|anything|whatever)`,
  whole: r`(?<!\b(?:from|in|on|to|with|inside) )(?:all |every )?(?:of )?my (?:(?:all|personal|own|stored|private|customer|user|complete|whole|entire|chat) )*(?:data|information|info|details|messages|history|records?|conversations|chats)(?! (?:plan|volume|roaming))|(?<!\b(?:from|in|on|of|to|with|inside) )my (?:(?:user|customer|whole|entire|old|own) )?(?:account|profile)(?! (?:picture|photo|name|number|balance))|(?:deletion|removal|erasure) of my (?:account|profile)|(?:everything|all|anything|whatever|data|information|info|details|records?) (?:\w+ ){0,6}(?:about|on|of|concerning|from) me|all (?:the |personal |stored )*(?:data|information|records)`,
  mine: r`my (?:\w+ )?(?:data|information|info|details|account|profile|records?)`,
  me: r`(?:delete|erase|wipe) me(?! (?:the|that|this|a|one|from)\b)|(?:delete|erase|wipe|remove) me from (?:your|the) (?:\w+ )?(?:systems?|database|records|files|crm)|forget (?:about )?me`,
};

const DE: ErasingWords = {
  verb: r`(?:ge)?loe?sch\w*|entfern\w*|vernicht\w*|vergesst alles|vergiss alles|vergessen sie alles`,
  whole: r`(?<!\b(?:aus|von|in|bei|mit|zu|an) )(?:meine|meiner|alle|aller|samtliche|samtlicher) (?:(?:meine|meiner|personlichen|personliche|personenbezogenen|gespeicherten|privaten|kompletten|gesamten) )*(?:daten|kundendaten|nachrichten|angaben|informationen|infos|chats)|(?<!\b(?:aus|von|in|auf) )(?:mein|meinen|meines|meine) (?:(?:komplettes|ganzes|altes) )?(?:kundenkonto|benutzerkonto|nutzerkonto|konto|kontos|account|accounts|profil|profils)|(?:alles|daten|informationen|infos|angaben)\b.{0,30}\b(?:uber mich|von mir|zu mir|zu meiner person)`,
  mine: r`meine[nr]? (?:\w+ )?(?:daten|angaben|informationen|infos)|meine?[mns]? (?:kunden)?konto|meine?[mns]? account`,
  me: r`(?:loe?sch\w*|vergiss|vergesst|vergessen) (?:sie )?mich(?! (?:aus|von|in|bei)\b)|mich (?:bitte )?aus (?:\w+ )?(?:system|datenbank|kundendatenbank|kundenkartei) (?:loe?sch|entfern)\w*`,
};

const FR: ErasingWords = {
  verb: r`effac\w*|supprim\w*|suppression|detrui\w*|retir(?:ez|er|iez)|enlev(?:ez|er|iez)|oubliez tout`,
  whole: r`(?<!\b(?:dans|sur|avec) )(?:mes|toutes (?:les|mes)) (?:donnees|informations|infos|messages|renseignements|conversations)(?! (?:mobiles|techniques))|(?<!\b(?:de|du|dans|sur) )mon (?:compte|profil)(?! bancaire)|(?:suppression|effacement) de mon (?:compte|profil)|(?:tout|informations|donnees|infos)\b.{0,30}\b(?:sur moi|de moi|me concernant|me concernent|a mon sujet)`,
  mine: r`mes (?:\w+ )?(?:donnees|informations|infos)|mon (?:compte|profil)`,
  me: r`(?:oubliez|oublie|effacez|supprimez) moi(?! (?:ce|cet|cette|ca|le|la|les|un|une|pas|de|du|des)\b)`,
};

const ES: ErasingWords = {
  verb: r`borr(?!ador)\w*|elimin\w*|suprim\w*|supresion|quit(?:en|ad|ar|eis)|olvid\w* (?:de )?todo`,
  whole: r`(?<!\b(?:de|en|a|con|desde) )(?:mis|todos (?:los|mis)|mi|toda (?:la|mi)) (?:datos|mensajes|informacion|conversaciones|historial)(?! (?:moviles|tecnicos|bancarios))|(?:supresion|eliminacion|borrado) de mis datos|(?<!\b(?:de|en|a|con|desde) )mi (?:cuenta|perfil)(?! (?:bancaria|de))|(?:eliminacion|supresion) de mi cuenta|(?:todo|datos|informacion)\b.{0,30}\b(?:(?:sobre|de|acerca de) mi(?= (?:gracias|y|ya|ahora|en)\b|$)|a mi nombre)`,
  mine: r`mis (?:\w+ )?datos|mi (?:\w+ )?informacion|mi (?:cuenta|perfil)`,
  me: r`(?:olvida|borra|elimina)d?me|(?:olviden|borren|eliminen)me|olvid\w* de mi$`,
};

const IT: ErasingWords = {
  verb: r`cancell(?!o\b)\w*|elimin\w*|rimuov\w*|rimozione|rimoss[oaie]|distrugg\w*|dimentic\w* tutto`,
  whole: r`(?:i miei|tutti i|tutte le|le mie) (?:miei |mie )?(?:dati|messaggi|informazioni|conversazioni)(?! (?:mobili|tecnici))|(?:cancellazione|eliminazione|rimozione) (?:dei miei|di tutti i(?: miei)?) dati|il mio (?:account|profilo)|(?:cancellazione|eliminazione) del mio (?:account|profilo)|(?:tutto|dati|informazioni)\b.{0,30}\b(?:su di me|di me|sul mio conto|mi riguarda\w*)`,
  mine: r`miei (?:\w+ )?dati|mie informazioni|mio (?:account|profilo)`,
  me: r`dimenticami|dimenticatemi|cancellatemi|cancellami|eliminatemi`,
};

const NL: ErasingWords = {
  verb: r`verwijder\w*|wis|(?:te|laten|gegevens|data|account|informatie) wissen|gewist|uitwissen|vernietig\w*|vergeet alles|haal(?=.{0,50}\b(?:uit|weg)\b)`,
  whole: r`(?<!\b(?:uit|van|in|bij|op|met) )(?:al mijn|mijn|alle) (?:(?:persoonlijke|opgeslagen|prive) )?(?:gegevens|persoonsgegevens|data|berichten|informatie|info|gesprekken)|(?:verwijdering|wissen|wissing) van (?:al )?mijn (?:gegevens|data|account)|(?<!\b(?:uit|van|in|bij|op|met) )mijn (?:hele )?(?:klant|gebruikers)?(?:account|profiel)|(?:alles|gegevens|informatie|data)\b.{0,30}\b(?:over mij|over me|van mij|van me)`,
  mine: r`mijn (?:\w+ )?(?:gegevens|data|informatie|info)|mijn \w*(?:account|profiel)`,
  me: r`vergeet (?:mij|me)(?! (?:een|de|het|dat)\b)`,
};

const PL: ErasingWords = {
  verb: r`usun\w*|usuw\w*|skasuj\w*|skasow\w*|kasuj\w*|wykasuj\w*|wymaz\w*|zniszcz\w*|zapomnij\w* wszystko`,
  whole: r`(?<!\b(?:z|ze|w|do|od|na) )(?:wszystkie |wszystkich )?(?:moje|moich|wszystkie|wszystkich) (?:osobowe )?(?:dane|danych|wiadomosci|informacje|informacji|rozmowy)(?! (?:mobiln|techniczn)\w*)|(?<!\b(?:z|ze|w|do|od|na) )(?:moje konto|mojego konta)(?! bankow\w*)|(?:wszystko|wszystkie|dane|danych|informacje)\b.{0,30}\b(?:o mnie|na moj temat|mnie dotycz\w*)`,
  mine: r`(?:moje|moich|swoje|swoich) (?:\w+ )?(?:dane|danych|informacje)|(?:moje|swoje) konto|mojego konta`,
  me: r`zapomnij\w* o mnie`,
};

const PT: ErasingWords = {
  verb: r`apag\w*|exclu(?!siv)\w*|elimin\w*|remov\w*|remocao|delet(?:e|em|ar)|esqueca\w* tudo`,
  whole: r`(?<!\b(?:dos|nos|aos|das|nas) )(?:meus|minhas|todos os|todas as) (?:meus |minhas )?(?:dados|mensagens|informacoes|conversas)(?! (?:moveis|bancarios|tecnicos))|(?:eliminacao|exclusao|remocao) (?:dos meus|de todos os(?: meus)?) dados|(?<!\b(?:da|na|a partir da|de|em) )minha conta(?! (?:bancaria|de)\b)|(?:exclusao|eliminacao) da minha conta|(?:tudo|dados|informacoes)\b.{0,30}\b(?:sobre mim|de mim|a meu respeito)`,
  mine: r`meus (?:\w+ )?dados|minhas informacoes|minha conta`,
  me: r`(?:esquecam|esqueca|apaguem|excluam) me`,
};

export const ERASING: readonly ErasingWords[] = [EN, DE, FR, ES, IT, NL, PL, PT];

// Wishes to hear no more, in French.
import { stopRules } from './rules.js';

const r = String.raw;
const TELL = r`(?:contacter|recontacter|ecrire|envoyer|deranger|solliciter|relancer|spammer|embeter|harceler|demarcher|importuner|texter)`;

export const FR = stopRules({
  nouns: r`messages?|pubs?|publicites?|newsletters?|spams?|sms|textos?|mails?|e mails?|offres|promos?|promotions?|notifications?|envois?|infos?|sollicitations?|prospection|demarchage|reclames?|communications?|relances?`,
  certain: [
    r`\b(?:laissez|laisse|fichez|fiche|foutez|fous) (?:moi|nous) (?:\w+ )?(?:tranquilles?|la paix|en paix)\b`,
    r`\b(?:desinscri\w+|desabonn\w+)`,
    r`\b(?:retirez|retire|enlevez|enleve|supprimez|supprime|effacez|efface|rayez|otez|sortez) (?:moi|nous|mon (?:numero|nom|contact|adresse)|mes coordonnees)\b.{0,8}\b(?:de|du|des|d)\b`,
    r`\b(?:sortir|sors|quitter|partir|enlever)\b.{0,12}\b(?:cette|votre|la) liste\b`,
    r`\b(?:oubliez|perdez|effacez|supprimez|oublie) mon numero\b`,
    r`\b(?:retire|revoque|retirer)\b.{0,20}\bconsentement\b|\boppos\w+\b.{0,40}\b(?:prospection|marketing|publicit\w*|utilisation|traitement|demarchage|profilage)\b`,
    r`\b(?:resili\w+|annul\w+)\b.{0,25}\b(?:newsletter|lettre d information|liste de diffusion)\b`,
    r`^(?:je ne suis |je suis |ca ne m )?pas (?:interesse\w*|interessee?)(?: merci| du tout)*$|\bpas interesse\w*\b.{0,20}\b(?:${TELL}|contactez|recontactez|ecrivez|rappelez)\b`,
    r`\b(?:plus|assez|marre|ras le bol|fini)\b (?:de |d |avec |aux )?(?:la |les |vos |votre |tes |ces |cette |aucune? |toutes ces )?(?:pubs?|publicites?|spams?|newsletters?|promos?|demarchage|reclames?)\b`,
  ],
  likely: [
    r`\b(?:arretez?|arreter|stoppez?|stopper|cessez?|cesser|stop)\b(?: \w+){0,3} (?:<N>|(?:m )?${TELL}|ca$|cela$)`,
    r`\bne (?:plus|pas|jamais) (?:me |m |nous )?${TELL}\b`,
    r`\b(?:ne |n )?(?:m |me |nous )?(?:ecrivez|contactez|envoyez|derangez|recontactez|sollicitez|appelez|ecris|contacte|envoie|spammez|relancez)(?: moi)? (?:plus|rien|jamais)\b`,
    r`\bne (?:m |me |nous )(?:ecrivez|contactez|derangez|recontactez|sollicitez|relancez|spammez|contacte|recontacte) pas\b`,
    r`\b(?:ne|n)\b.{0,4}\b(?:veux|souhaite|desire|voudrais|voulons|souhaitons|veut|aimerais)\b.{0,3}\b(?:plus|pas)\b.{0,30}(?:<N>|\brecevoir\b|\bentendre\b|\bsollicite\w*|\bcontacte\w*|nouvelles de vous)`,
    r`\b(?:prefere|prefererais|aimerais|voudrais|souhaite|souhaiterais)\b.{0,3}\bne (?:plus|pas)\b.{0,6}\b(?:recevoir|etre|avoir)\b`,
    r`\b(?:plus|pas|aucune?|assez|marre|ras le bol|fini|stop)\b (?:de |d |avec |aux |a la )?(?:la |les |vos |tes |ces |aucune? |autres? )?<N>(?: merci| de votre part| sur ce numero| a ce numero)*$`,
    r`\b(?:jamais|pas)\b.{0,8}\b(?:inscrite?|abonnee?|demande|accepte|consenti)\b.{0,14}\b(?:ca|cela|ces|cette|vos|recevoir|rien|liste)\b`,
    r`\bcomment (?:arreter|stopper|bloquer|ne plus recevoir)\b.{0,15}(?:<N>|\bca$|\bcela$)`,
  ],
  unless: r`livraisons?|livrer|commandes?|colis|factures?|adresse|sonne[rz]|avant|couverts|appli|recois|recu|vois|telephone portable|garantie|mot de passe|code`,
});

/**
 * The 400 characters that make up three quarters of Chinese scientific prose, counted over 1,000 abstracts. Text in
 * another encoding that is read as GB18030 gives Han characters too, but hardly ever these.
 */
export const COMMON_HAN: ReadonlySet<string> = new Set(
  '的和了分对性用中为在法方度化结有一进与理于行系合研体生制究发以成基能及型量数高学大出地过应不定种果表是计模析效作动现提水国组明物实要时其程同机统通相关可力特产工构变间并率设文术测验下上算后本论个重影响建质子主区等式较多流人电标展形业面因年加比新经最值控到优素得解采技显点具期来件气低会位据内而利目该态原料长平强管题小类自部观试问治疗传速增器层代线之导向者例全从育前光入复证均市运立好外信品规差三处征源改降保确环含所路空指正维达存岩开参我酸别公探土段交两离由剂调资养心价单集施取压状条反这病网布预细将风活域道转评无场造海油收积义接检随图使波各矿求异意热讨此血白情拟干准着像更微选考常权配色针功液境混氧适步当菌染稳引事备然络二西述近总感且口社群样但置础温政植聚界次济共精供极况药江断金角织著根减认深石察科射家胞真景致材教整属决片势患密带起抗介联粒格综蛋南元杂级史直核艺广象列非日溶也回策务车叶案思先报移范',
);
